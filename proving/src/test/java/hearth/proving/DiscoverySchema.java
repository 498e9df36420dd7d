package hearth.proving;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The discovery format of Home Assistant: the options of each component, their values, and which of them require or
 * exclude each other. Written from <a href="https://www.home-assistant.io/integrations/mqtt/">the pages of the MQTT
 * integration</a> and of its components, not from the payloads of the nodes.
 */
@SuppressWarnings("UnnecessaryLambda") // The tables name each check after the value that it expects.
final class DiscoverySchema {

    private static final Predicate<Object> TEXT = value -> value instanceof String text && !text.isEmpty();
    private static final Predicate<Object> TOPIC =
            value -> value instanceof String text && text.matches("[^+#\\u0000]{1,200}") && !text.contains("~");
    private static final Predicate<Object> TEMPLATE =
            value -> value instanceof String text && text.matches("\\{\\{ .* }}");
    private static final Predicate<Object> NUMBER = Number.class::isInstance;
    private static final Predicate<Object> BOOLEAN = Boolean.class::isInstance;
    private static final Predicate<Object> SECONDS = value -> value instanceof Long seconds && seconds > 0;
    private static final Predicate<Object> TEXT_LIST = value ->
            value instanceof List<?> list && !list.isEmpty() && list.stream().allMatch(TEXT) && isDistinct(list);

    private static final Pattern DEFAULT_ID = Pattern.compile("([a-z_]+)\\.[a-z0-9]+(_[a-z0-9]+)*");

    /** The abbreviations that the components of the nodes use. */
    private static final Map<String, String> ABBREVIATIONS = Map.ofEntries(
            Map.entry("act_t", "action_topic"),
            Map.entry("act_tpl", "action_template"),
            Map.entry("avty", "availability"),
            Map.entry("avty_mode", "availability_mode"),
            Map.entry("avty_t", "availability_topic"),
            Map.entry("avty_tpl", "availability_template"),
            Map.entry("cmd_t", "command_topic"),
            Map.entry("cmd_tpl", "command_template"),
            Map.entry("cmps", "components"),
            Map.entry("curr_temp_t", "current_temperature_topic"),
            Map.entry("curr_temp_tpl", "current_temperature_template"),
            Map.entry("def_ent_id", "default_entity_id"),
            Map.entry("dev", "device"),
            Map.entry("dev_cla", "device_class"),
            Map.entry("en", "enabled_by_default"),
            Map.entry("ent_cat", "entity_category"),
            Map.entry("evt_typ", "event_types"),
            Map.entry("exp_aft", "expire_after"),
            Map.entry("frc_upd", "force_update"),
            Map.entry("ic", "icon"),
            Map.entry("json_attr_t", "json_attributes_topic"),
            Map.entry("json_attr_tpl", "json_attributes_template"),
            Map.entry("mode_cmd_t", "mode_command_topic"),
            Map.entry("mode_stat_t", "mode_state_topic"),
            Map.entry("o", "origin"),
            Map.entry("off_dly", "off_delay"),
            Map.entry("ops", "options"),
            Map.entry("p", "platform"),
            Map.entry("pl_avail", "payload_available"),
            Map.entry("pl_home", "payload_home"),
            Map.entry("pl_not_avail", "payload_not_available"),
            Map.entry("pl_not_home", "payload_not_home"),
            Map.entry("pl_off", "payload_off"),
            Map.entry("pl_on", "payload_on"),
            Map.entry("pl_prs", "payload_press"),
            Map.entry("pl_rst", "payload_reset"),
            Map.entry("pr_mode_cmd_t", "preset_mode_command_topic"),
            Map.entry("pr_mode_stat_t", "preset_mode_state_topic"),
            Map.entry("pr_mode_val_tpl", "preset_mode_value_template"),
            Map.entry("pr_modes", "preset_modes"),
            Map.entry("ret", "retain"),
            Map.entry("src_type", "source_type"),
            Map.entry("stat_cla", "state_class"),
            Map.entry("stat_t", "state_topic"),
            Map.entry("sug_dsp_prc", "suggested_display_precision"),
            Map.entry("t", "topic"),
            Map.entry("temp_cmd_t", "temperature_command_topic"),
            Map.entry("temp_stat_t", "temperature_state_topic"),
            Map.entry("temp_unit", "temperature_unit"),
            Map.entry("uniq_id", "unique_id"),
            Map.entry("unit_of_meas", "unit_of_measurement"),
            Map.entry("val_tpl", "value_template"));

    private static final Map<String, String> DEVICE_ABBREVIATIONS = Map.of(
            "cns", "connections",
            "cu", "configuration_url",
            "hw", "hw_version",
            "ids", "identifiers",
            "mdl", "model",
            "mf", "manufacturer",
            "sa", "suggested_area",
            "sn", "serial_number",
            "sw", "sw_version");

    private static final Map<String, Predicate<Object>> DEVICE = Map.of(
            "configuration_url", TEXT,
            "hw_version", TEXT,
            "identifiers", TEXT_LIST,
            "manufacturer", TEXT,
            "model", TEXT,
            "name", TEXT,
            "serial_number", TEXT,
            "suggested_area", TEXT,
            "sw_version", TEXT);

    private static final Map<String, Predicate<Object>> ORIGIN =
            Map.of("name", TEXT, "sw_version", TEXT, "support_url", TEXT);

    private static final Map<String, Predicate<Object>> AVAILABILITY = Map.of(
            "topic", TOPIC, "payload_available", TEXT, "payload_not_available", TEXT, "value_template", TEMPLATE);

    private static final Map<String, Predicate<Object>> COMMON_OPTIONS = Map.ofEntries(
            Map.entry("availability", List.class::isInstance),
            Map.entry("availability_mode", oneOf("all", "any", "latest")),
            Map.entry("default_entity_id", TEXT),
            Map.entry("device", Map.class::isInstance),
            Map.entry("enabled_by_default", BOOLEAN),
            Map.entry("encoding", TEXT),
            Map.entry("entity_category", oneOf("config", "diagnostic")),
            Map.entry("icon", value -> value instanceof String text && text.matches("mdi:[a-z0-9-]+")),
            Map.entry("json_attributes_template", TEMPLATE),
            Map.entry("json_attributes_topic", TOPIC),
            Map.entry("name", value -> value == null || TEXT.test(value)),
            Map.entry("origin", Map.class::isInstance),
            Map.entry("platform", TEXT),
            Map.entry("qos", value -> value instanceof Long qos && qos >= 0 && qos <= 2),
            Map.entry("unique_id", TEXT));

    private static final Map<String, Map<String, Predicate<Object>>> COMPONENTS = Map.of(
            "sensor",
            Map.of(
                    "device_class", oneOf("temperature", "duration", "distance", "enum"),
                    "expire_after", SECONDS,
                    "force_update", BOOLEAN,
                    "options", TEXT_LIST,
                    "state_class", oneOf("measurement", "total", "total_increasing"),
                    "state_topic", TOPIC,
                    "suggested_display_precision", value -> value instanceof Long digits && digits >= 0,
                    "unit_of_measurement", TEXT,
                    "value_template", TEMPLATE),
            "binary_sensor",
            Map.of(
                    "device_class",
                            oneOf(
                                    "battery",
                                    "cold",
                                    "connectivity",
                                    "door",
                                    "garage_door",
                                    "gas",
                                    "heat",
                                    "light",
                                    "lock",
                                    "moisture",
                                    "motion",
                                    "moving",
                                    "occupancy",
                                    "opening",
                                    "plug",
                                    "power",
                                    "presence",
                                    "problem",
                                    "running",
                                    "safety",
                                    "smoke",
                                    "sound",
                                    "tamper",
                                    "update",
                                    "vibration",
                                    "window"),
                    "expire_after", SECONDS,
                    "force_update", BOOLEAN,
                    "off_delay", SECONDS,
                    "payload_off", TEXT,
                    "payload_on", TEXT,
                    "state_topic", TOPIC,
                    "value_template", TEMPLATE),
            "button",
            Map.of(
                    "command_template", TEMPLATE,
                    "command_topic", TOPIC,
                    "device_class", oneOf("identify", "restart", "update"),
                    "payload_press", TEXT,
                    "retain", BOOLEAN),
            "event",
            Map.of(
                    "device_class", oneOf("button", "doorbell", "motion"),
                    "event_types", TEXT_LIST,
                    "state_topic", TOPIC,
                    "value_template", TEMPLATE),
            "climate",
            Map.ofEntries(
                    Map.entry("action_template", TEMPLATE),
                    Map.entry("action_topic", TOPIC),
                    Map.entry("current_temperature_template", TEMPLATE),
                    Map.entry("current_temperature_topic", TOPIC),
                    Map.entry("max_temp", NUMBER),
                    Map.entry("min_temp", NUMBER),
                    Map.entry("mode_command_topic", TOPIC),
                    Map.entry("mode_state_topic", TOPIC),
                    Map.entry(
                            "modes",
                            TEXT_LIST.and(eachOneOf("auto", "off", "cool", "heat", "dry", "fan_only", "heat_cool"))),
                    Map.entry("precision", value -> Set.of(0.1, 0.5, 1.0).contains(value)),
                    Map.entry("preset_mode_command_topic", TOPIC),
                    Map.entry("preset_mode_state_topic", TOPIC),
                    Map.entry("preset_mode_value_template", TEMPLATE),
                    Map.entry("preset_modes", TEXT_LIST.and(value -> !((List<?>) value).contains("none"))),
                    Map.entry("retain", BOOLEAN),
                    Map.entry("temp_step", NUMBER),
                    Map.entry("temperature_command_topic", TOPIC),
                    Map.entry("temperature_state_topic", TOPIC),
                    Map.entry("temperature_unit", oneOf("C", "F"))),
            "device_tracker",
            Map.of(
                    "payload_home", TEXT,
                    "payload_not_home", TEXT,
                    "payload_reset", TEXT,
                    "source_type", oneOf("gps", "router", "bluetooth", "bluetooth_le"),
                    "state_topic", TOPIC,
                    "value_template", TEMPLATE));

    /** The options with {@code required: true} on the page of a component, or of which one is required. */
    private static final Map<String, List<Set<String>>> REQUIRED = Map.of(
            "sensor", List.of(Set.of("state_topic")),
            "binary_sensor", List.of(Set.of("state_topic")),
            "button", List.of(Set.of("command_topic")),
            "event", List.of(Set.of("state_topic"), Set.of("event_types")),
            "climate", List.of(),
            "device_tracker", List.of(Set.of("state_topic", "json_attributes_topic")));

    /** The allowed units of a quantity. */
    private static final Map<String, Set<String>> UNITS = Map.of(
            "temperature", Set.of("°C", "°F", "K"),
            "duration", Set.of("d", "h", "min", "s", "ms", "µs"),
            "distance", Set.of("km", "m", "cm", "mm", "mi", "nmi", "yd", "in"));

    private final List<String> problems = new ArrayList<>();

    /** The errors of a discovery message; empty if it is correct. */
    static List<String> problems(String topic, Map<String, Object> message) {
        DiscoverySchema schema = new DiscoverySchema();
        String[] levels = topic.split("/", -1);
        schema.require(levels[0].equals("homeassistant") && levels[levels.length - 1].equals("config"), topic);
        for (int i = 2; i < levels.length - 1; i++) {
            schema.require(levels[i].matches("[a-zA-Z0-9_-]+"), topic + ": not allowed in an id");
        }
        if (levels[1].equals("device")) {
            schema.require(levels.length == 4, topic + ": expected one id");
            schema.device(topic, message);
        } else {
            schema.require(levels.length == 5, topic + ": expected a node id and an object id");
            schema.component(topic, levels[1], message, true);
        }
        return schema.problems;
    }

    private void device(String where, Map<String, Object> message) {
        Map<String, Object> device = expanded(where, message, ABBREVIATIONS);
        Set<String> allowed = Set.of(
                "device",
                "origin",
                "components",
                "availability",
                "availability_mode",
                "availability_topic",
                "availability_template",
                "payload_available",
                "payload_not_available",
                "state_topic",
                "command_topic",
                "qos",
                "encoding");
        device.keySet().forEach(key -> require(allowed.contains(key), where + ": no such option: " + key));
        deviceAndOrigin(where, device, true);
        availability(where, device);
        map(device.get("components")).forEach((id, component) -> {
            String there = where + " " + id;
            require(id.matches("[a-zA-Z0-9_-]+"), there + ": not allowed in an id");
            Map<String, Object> options = expanded(there, map(component), ABBREVIATIONS);
            String kind = String.valueOf(options.get("platform"));
            if (options.size() > 1) { // A component with only its platform is removed.
                component(there, kind, map(component), false);
                require(
                        options.containsKey("availability") || device.containsKey("availability"),
                        there + ": has no availability");
            } else {
                require(COMPONENTS.containsKey(kind), there + ": no such component: " + kind);
            }
        });
    }

    private void component(String where, String kind, Map<String, Object> message, boolean alone) {
        Map<String, Object> options = expanded(where, message, ABBREVIATIONS);
        if (!COMPONENTS.containsKey(kind)) {
            problems.add(where + ": no such component: " + kind);
            return;
        }
        Map<String, Predicate<Object>> known = new HashMap<>(COMMON_OPTIONS);
        known.putAll(COMPONENTS.getOrDefault(kind, Map.of()));
        check(where, options, known);
        REQUIRED.getOrDefault(kind, List.of())
                .forEach(any -> require(any.stream().anyMatch(options::containsKey), where + ": needs one of " + any));
        require(options.containsKey("unique_id"), where + ": has no unique_id, so it belongs to no device");
        String id = String.valueOf(options.getOrDefault("default_entity_id", kind + ".none"));
        var parts = DEFAULT_ID.matcher(id);
        require(parts.matches() && parts.group(1).equals(kind), where + ": default_entity_id " + id);
        boolean toRead = Set.of("sensor", "binary_sensor").contains(kind);
        require(
                !(toRead && "config".equals(options.get("entity_category"))),
                where + ": a read-only component must not have entity_category config");
        if (alone) {
            deviceAndOrigin(where, options, false);
            require(options.containsKey("availability"), where + ": has no availability");
        } else {
            require(
                    !options.containsKey("device") && !options.containsKey("origin"),
                    where + ": device and origin belong to the device, not to a component");
        }
        availability(where, options);
        if (kind.equals("sensor")) {
            sensor(where, options);
        } else if (kind.equals("climate")) {
            climate(where, options);
        }
    }

    private void sensor(String where, Map<String, Object> options) {
        Optional<String> quantity = text(options, "device_class");
        Optional<String> unit = text(options, "unit_of_measurement");
        if (quantity.equals(Optional.of("enum"))) {
            require(options.containsKey("options"), where + ": an enum requires options");
            require(
                    unit.isEmpty() && !options.containsKey("state_class"),
                    where + ": an enum must not have a unit or a state_class");
        } else {
            require(!options.containsKey("options"), where + ": only an enum has options");
            quantity.ifPresent(of -> require(
                    UNITS.getOrDefault(of, Set.of()).contains(unit.orElse("none")),
                    where + ": " + of + " cannot have the unit " + unit.orElse("(none)")));
        }
        require(
                unit.isEmpty() || options.containsKey("state_class"),
                where + ": a number without a state_class has no statistics");
    }

    private void climate(String where, Map<String, Object> options) {
        require(
                options.containsKey("preset_modes") == options.containsKey("preset_mode_command_topic"),
                where + ": preset_modes and preset_mode_command_topic require each other");
        double least = ((Number) options.getOrDefault("min_temp", 7.0)).doubleValue();
        double most = ((Number) options.getOrDefault("max_temp", 35.0)).doubleValue();
        require(least < most, where + ": min_temp must be below max_temp");
    }

    private void deviceAndOrigin(String where, Map<String, Object> options, boolean originRequired) {
        Map<String, Object> device = expanded(where + " device", map(options.get("device")), DEVICE_ABBREVIATIONS);
        check(where + " device", device, DEVICE);
        require(device.containsKey("identifiers"), where + ": a device requires identifiers");
        Map<String, Object> origin = expanded(
                where + " origin", map(options.get("origin")), Map.of("sw", "sw_version", "url", "support_url"));
        check(where + " origin", origin, ORIGIN);
        require(!originRequired || origin.containsKey("name"), where + ": an origin requires a name");
    }

    private void availability(String where, Map<String, Object> options) {
        if (options.get("availability") instanceof List<?> all) {
            require(
                    all.size() == 1 || "all".equals(options.get("availability_mode")),
                    where + ": several availability topics require availability_mode");
            for (Object one : all) {
                Map<String, Object> there = expanded(where, map(one), ABBREVIATIONS);
                check(where + " availability", there, AVAILABILITY);
                require(there.containsKey("topic"), where + ": availability requires a topic");
            }
        }
    }

    private void check(String where, Map<String, Object> options, Map<String, Predicate<Object>> known) {
        options.forEach((key, value) -> {
            Predicate<Object> fits = known.get(key);
            if (fits == null) {
                problems.add(where + ": no such option: " + key);
            } else {
                require(fits.test(value), where + ": " + key + " cannot be " + value);
            }
        });
    }

    private Map<String, Object> expanded(String where, Map<String, Object> message, Map<String, String> abbreviations) {
        Map<String, Object> full = new LinkedHashMap<>();
        message.forEach((key, value) -> {
            Object before = full.put(abbreviations.getOrDefault(key, key), value);
            require(before == null, where + ": " + key + " is given twice");
        });
        return full;
    }

    private void require(boolean condition, String problem) {
        if (!condition) {
            problems.add(problem);
        }
    }

    private static Optional<String> text(Map<String, Object> options, String key) {
        return Optional.ofNullable(options.get(key)).map(String::valueOf);
    }

    @SuppressWarnings("unchecked") // The names of a JSON object are strings.
    private static Map<String, Object> map(Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    private static Predicate<Object> oneOf(String... words) {
        return value -> Stream.of(words).anyMatch(word -> word.equals(value));
    }

    private static Predicate<Object> eachOneOf(String... words) {
        return value -> value instanceof List<?> list && Set.of(words).containsAll(list);
    }

    private static boolean isDistinct(List<?> list) {
        return new TreeSet<>(list.stream().map(String::valueOf).toList()).size() == list.size();
    }
}
