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
 * How one node shows its entities: topics and payloads of
 * <a href="https://www.home-assistant.io/integrations/mqtt/#mqtt-discovery">Home Assistant's MQTT discovery</a>, with the
 * abbreviations that it has had from the beginning.
 *
 * <p>Ids are made of the node's name, which is its client id and its place in the topics, and of the entity's key. So they
 * are the same after a new card, a new version, in either form, for ever.
 *
 * @param prefix  the first level of the house's topics
 * @param node    the node's name
 * @param model   the program's name
 * @param timeScale    of the house: lives on the wire are real time
 * @param acceptsCommands   whether anybody's plain command is obeyed; if not there is nothing to press or to set
 */
public record DiscoveryMessages(
        String prefix, String node, String model, String version, TimeScale timeScale, boolean acceptsCommands) {

    /** Where it says {@code online} when it has started, and wants to be told everything once more. */
    public static final String BIRTH = "homeassistant/status";

    /** Said where something was shown that will be shown in the other form: it keeps the owner's names and rooms. */
    public static final String MIGRATE = "{\"migrate_discovery\":true}";

    private static final String FIRST_LEVEL = "homeassistant/";
    private static final String MANUFACTURER = "Hearth";

    /** Those we use; each is Home Assistant's. */
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
     * What is to be said, by topic. An empty payload takes back what was shown there.
     *
     * @param removed {@linkplain Entity#id() ids} of entities that were shown in this form before and are no more
     */
    public Map<String, String> messages(DiscoveryFormat format, List<Entity> entities, Collection<String> removed) {
        List<Entity> there = entities.stream().filter(this::isUsable).toList();
        return switch (format) {
            case DEVICE -> Map.of(deviceTopic(), device(there, removed));
            case COMPONENT -> components(there, removed);
            case OFF -> Map.of();
        };
    }

    /** All the topics that these were shown on. */
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
        for (String id : removed) { // A component of which nothing but its kind is left is removed.
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

    /** @param ownAvailability whether it says itself when it is there */
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
        boolean alsoOffline =
                entity.availability().stream().anyMatch(condition -> condition.topic().equals(CommonTopics.STATUS));
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

    /** The words are those that Home Assistant expects. */
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

    /** A list of presets is for choosing: without where to say which, Home Assistant refuses it. */
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
