package hearth.common.homeassistant;

import hearth.common.json.Json;
import hearth.common.message.CommonTopics;
import hearth.common.message.Payload;
import hearth.common.message.Topic;
import hearth.common.value.TimeScale;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The discovery messages of one node: topics and payloads of <a
 * href="https://www.home-assistant.io/integrations/mqtt/#mqtt-discovery">Home Assistant's MQTT discovery</a>, with the
 * abbreviations that all its versions know.
 *
 * <p>An id consists of the node's name (also its client id and a level of its topics) and the entity's key. So ids stay
 * the same with a new SD card, a new version and the other format.
 *
 * @param prefix          the first level of all topics
 * @param node            the node's name
 * @param model           the program's name
 * @param timeScale       converts expiry durations to real time
 * @param acceptsCommands whether the node accepts unsigned commands; if not, buttons and command topics are left out
 */
public record DiscoveryMessages(
        String prefix, String node, String model, String version, TimeScale timeScale, boolean acceptsCommands) {

    /** Home Assistant publishes {@code online} here after its start; nodes then publish everything again. */
    public static final String BIRTH = "homeassistant/status";

    /**
     * Published on the old topics before a change of format, so that Home Assistant keeps the owner's names and rooms.
     */
    public static final String MIGRATE = "{\"migrate_discovery\":true}";

    private static final String FIRST_LEVEL = "homeassistant/";
    private static final String MANUFACTURER = "Hearth";

    /** Home Assistant's abbreviations of the options that Hearth uses. */
    private static final Map<String, String> ABBREVIATIONS = Map.ofEntries(
            Map.entry("action_topic", "act_t"),
            Map.entry("availability", "avty"),
            Map.entry("availability_mode", "avty_mode"),
            Map.entry("command_topic", "cmd_t"),
            Map.entry("components", "cmps"),
            Map.entry("current_temperature_template", "curr_temp_tpl"),
            Map.entry("current_temperature_topic", "curr_temp_t"),
            Map.entry("default_entity_id", "def_ent_id"),
            Map.entry("device", "dev"),
            Map.entry("device_class", "dev_cla"),
            Map.entry("entity_category", "ent_cat"),
            Map.entry("event_types", "evt_typ"),
            Map.entry("expire_after", "exp_aft"),
            Map.entry("icon", "ic"),
            Map.entry("identifiers", "ids"),
            Map.entry("json_attributes_template", "json_attr_tpl"),
            Map.entry("json_attributes_topic", "json_attr_t"),
            Map.entry("manufacturer", "mf"),
            Map.entry("mode_command_topic", "mode_cmd_t"),
            Map.entry("mode_state_topic", "mode_stat_t"),
            Map.entry("model", "mdl"),
            Map.entry("options", "ops"),
            Map.entry("origin", "o"),
            Map.entry("payload_not_home", "pl_not_home"),
            Map.entry("payload_press", "pl_prs"),
            Map.entry("platform", "p"),
            Map.entry("preset_mode_command_topic", "pr_mode_cmd_t"),
            Map.entry("preset_mode_state_topic", "pr_mode_stat_t"),
            Map.entry("preset_modes", "pr_modes"),
            Map.entry("source_type", "src_type"),
            Map.entry("state_class", "stat_cla"),
            Map.entry("state_topic", "stat_t"),
            Map.entry("suggested_display_precision", "sug_dsp_prc"),
            Map.entry("sw_version", "sw"),
            Map.entry("temperature_command_topic", "temp_cmd_t"),
            Map.entry("temperature_state_topic", "temp_stat_t"),
            Map.entry("temperature_unit", "temp_unit"),
            Map.entry("topic", "t"),
            Map.entry("unique_id", "uniq_id"),
            Map.entry("unit_of_measurement", "unit_of_meas"),
            Map.entry("value_template", "val_tpl"));

    /**
     * The messages to publish, by topic. An empty payload removes the entity of that topic.
     *
     * @param removed {@linkplain Entity#id() ids} of entities that were published in this format before and no longer
     *     exist
     */
    public Map<String, String> messages(DiscoveryFormat format, List<Entity> entities, Collection<String> removed) {
        List<Entity> there = entities.stream().filter(this::isUsable).toList();
        return switch (format) {
            case DEVICE -> Map.of(deviceTopic(), device(there, removed));
            case COMPONENT -> components(there, removed);
            case OFF -> Map.of();
        };
    }

    /** The topics on which these entities were published. */
    public List<String> topics(DiscoveryFormat format, Collection<String> ids) {
        return switch (format) {
            case DEVICE -> ids.isEmpty() ? List.of() : List.of(deviceTopic());
            case COMPONENT -> ids.stream().map(this::componentTopic).toList();
            case OFF -> List.of();
        };
    }

    private String deviceTopic() {
        return FIRST_LEVEL + "device/" + node + "/config";
    }

    private String componentTopic(String id) {
        String[] componentAndKey = id.split("/", 2);
        return FIRST_LEVEL + componentAndKey[0] + "/" + node + "/" + componentAndKey[1] + "/config";
    }

    private String device(List<Entity> entities, Collection<String> removed) {
        Map<String, Object> components = new LinkedHashMap<>();
        for (String id : removed) { // Home Assistant removes a component that has only its platform.
            String[] componentAndKey = id.split("/", 2);
            put(components, componentAndKey[1], only("platform", componentAndKey[0]));
        }
        for (Entity entity : entities) {
            Map<String, Object> component = only("platform", entity.component());
            component.putAll(entity(entity, !entity.availability().isEmpty()));
            components.put(entity.key(), component);
        }
        Map<String, Object> device = envelope();
        put(device, "availability", List.of(online()));
        put(device, "components", components);
        return Json.write(device);
    }

    private Map<String, String> components(List<Entity> entities, Collection<String> removed) {
        Map<String, String> messages = new LinkedHashMap<>();
        removed.forEach(id -> messages.put(componentTopic(id), ""));
        for (Entity entity : entities) {
            Map<String, Object> message = envelope();
            message.putAll(entity(entity, true));
            messages.put(componentTopic(entity.id()), Json.write(message));
        }
        return messages;
    }

    private Map<String, Object> envelope() {
        Map<String, Object> device = new LinkedHashMap<>();
        put(device, "identifiers", List.of(id()));
        put(device, "name", displayName(node));
        put(device, "manufacturer", MANUFACTURER);
        put(device, "model", model);
        put(device, "sw_version", version);
        Map<String, Object> origin = only("name", MANUFACTURER);
        put(origin, "sw_version", version);
        Map<String, Object> envelope = new LinkedHashMap<>();
        put(envelope, "device", device);
        put(envelope, "origin", origin);
        return envelope;
    }

    /** @param ownAvailability whether the entity has its own availability */
    private Map<String, Object> entity(Entity entity, boolean ownAvailability) {
        Map<String, Object> message = new LinkedHashMap<>();
        put(message, "name", entity.name().isEmpty() ? Payload.JSON_NULL : entity.name());
        put(message, "unique_id", id() + "-" + entity.key());
        String objectId = entity.name().isEmpty() ? node : node + "_" + entity.key();
        put(message, "default_entity_id", entity.component() + "." + objectId.replace('-', '_'));
        entity.options().forEach((option, value) -> {
            if (acceptsCommands || !isCommandOption(option, value)) {
                put(message, option, value(value));
            }
        });
        int qos = qos(entity);
        if (qos > 0) {
            put(message, "qos", (long) qos);
        }
        if (ownAvailability) {
            put(message, "availability", availability(entity));
            put(message, "availability_mode", "all");
        }
        return message;
    }

    private List<Object> availability(Entity entity) {
        List<Object> all = new ArrayList<>();
        boolean alsoOffline = entity.availability().stream()
                .anyMatch(condition -> condition.topic().equals(CommonTopics.STATUS));
        if (!alsoOffline) {
            all.add(online());
        }
        for (Entity.AvailabilityCondition condition : entity.availability()) {
            Map<String, Object> there = only("topic", fullTopic(condition.topic()));
            put(there, "value_template", "{{ 'online' if " + condition.expression() + " else 'offline' }}");
            all.add(there);
        }
        return all;
    }

    /** The payloads {@code online} and {@code offline} are Home Assistant's defaults. */
    private Map<String, Object> online() {
        return only("topic", fullTopic(CommonTopics.STATUS));
    }

    private Object value(Object value) {
        if (value instanceof Topic<?> topic) {
            return fullTopic(topic);
        } else if (value instanceof ForeignTopic.OtherNodeTopic of) {
            return of.topic().of(prefix, of.node());
        } else if (value instanceof ForeignTopic.LiteralTopic whole) {
            return whole.topic();
        } else if (value instanceof Duration expiry) {
            return timeScale.toExpirySeconds(expiry);
        }
        return value;
    }

    private String fullTopic(Topic<?> topic) {
        return topic.of(prefix, node);
    }

    private boolean isUsable(Entity entity) {
        return acceptsCommands || !entity.component().equals(Entity.BUTTON);
    }

    /** Presets need a command topic: Home Assistant rejects a list of presets without one. */
    private static boolean isCommandOption(String option, Object value) {
        return option.equals("preset_modes") || (value instanceof Topic<?> topic && topic.kind() == Topic.Kind.COMMAND);
    }

    private static int qos(Entity entity) {
        return entity.options().values().stream()
                .filter(Topic.class::isInstance)
                .mapToInt(topic -> ((Topic<?>) topic).qos())
                .max()
                .orElse(0);
    }

    private String id() {
        return "hearth-" + node;
    }

    private static String displayName(String node) {
        return node.substring(0, 1).toUpperCase(Locale.ROOT) + node.substring(1).replace('-', ' ');
    }

    private static Map<String, Object> only(String option, Object value) {
        Map<String, Object> map = new LinkedHashMap<>();
        put(map, option, value);
        return map;
    }

    private static void put(Map<String, Object> map, String option, Object value) {
        map.put(ABBREVIATIONS.getOrDefault(option, option), value);
    }
}
