package hearth.common.homeassistant;

import hearth.common.message.Payload;
import hearth.common.message.PayloadCodec;
import hearth.common.message.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One entity of a node for Home Assistant, such as a temperature or a button. A node declares its entities next to its
 * topics; no other list of them exists.
 *
 * <p>An entity is immutable; each method returns a copy with one more option. The names and values of the options are
 * Home Assistant's, not abbreviated: <a href="https://www.home-assistant.io/integrations/mqtt/">its documentation</a>
 * lists all of them.
 *
 * @param component    Home Assistant's name of the component, such as {@code binary_sensor}
 * @param key          this node's name of the entity; never change it, because the entity's id contains it
 * @param name         for people; empty if the entity has the name of its device
 * @param options      in order; a value is text, a number, a flag, a list of texts, a {@link Topic}, a {@link
 *     ForeignTopic} or a {@link Duration}, written in whole seconds
 * @param availability conditions for being available, in addition to the node being online
 */
public record Entity(
        String component,
        String key,
        String name,
        Map<String, Object> options,
        List<AvailabilityCondition> availability) {

    /** @param expression an expression in Jinja of the topic's {@code value}, true while the entity is available */
    public record AvailabilityCondition(Topic<?> topic, String expression) {}

    static final String BUTTON = "button";
    private static final String STATE = "state_topic";

    public Entity {
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
        availability = List.copyOf(availability);
    }

    /** A value that is only shown: a number or a text. */
    public static Entity sensor(String key, String name, Topic<?> state) {
        return of("sensor", key, name).with(STATE, state);
    }

    /** A value that is on or off. @param expression in Jinja, of the topic's {@code value} */
    public static Entity binarySensor(String key, String name, Topic<?> state, String expression) {
        return of("binary_sensor", key, name)
                .with(STATE, state)
                .with("value_template", "{{ 'ON' if " + expression + " else 'OFF' }}");
    }

    public static Entity button(String key, String name, Topic<?> command) {
        return of(BUTTON, key, name).with("command_topic", command);
    }

    /** An event. It requires an announcement, because Home Assistant ignores retained events. */
    public static Entity event(String key, String name, Topic<?> announcement) {
        return of("event", key, name).with(STATE, announcement);
    }

    /** The values as MQTT payloads. */
    public static <T> List<String> payloads(PayloadCodec<T> codec, List<T> values) {
        return values.stream()
                .map(value -> ((Payload.Text) codec.write(value)).text())
                .toList();
    }

    public static Entity of(String component, String key, String name) {
        return new Entity(component, key, name, Map.of(), List.of());
    }

    /** Component and key; unique within a node. */
    public String id() {
        return component + "/" + key;
    }

    public Entity with(String option, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(options);
        more.put(option, value);
        return new Entity(component, key, name, more, availability);
    }

    /** @param expression in Jinja, of the topic's {@code value} or {@code value_json} */
    public Entity withValueTemplate(String expression) {
        return with("value_template", "{{ " + expression + " }}");
    }

    /** @param deviceClass what is measured, such as {@code temperature} */
    public Entity measurement(String deviceClass, String unit) {
        return deviceClass(deviceClass).with("unit_of_measurement", unit).with("state_class", "measurement");
    }

    /** The value is one of these texts. */
    public Entity oneOf(List<String> values) {
        return deviceClass("enum").with("options", values);
    }

    /** @param deviceClass Home Assistant's device class, such as {@code problem} */
    public Entity deviceClass(String deviceClass) {
        return with("device_class", deviceClass);
    }

    /** Shown under diagnostics: for maintenance, not for daily use. */
    public Entity diagnostic() {
        return with("entity_category", "diagnostic");
    }

    /** Shown under configuration: for occasional use. */
    public Entity configuration() {
        return with("entity_category", "config");
    }

    /** The value is unknown if no message arrives for so long. */
    public Entity expiresAfter(Duration expiry) {
        return with("expire_after", expiry);
    }

    /** The entity is available only while the expression is true of the topic's value. */
    public Entity availableWhile(Topic<?> topic, String expression) {
        List<AvailabilityCondition> more = new ArrayList<>(availability);
        more.add(new AvailabilityCondition(topic, expression));
        return new Entity(component, key, name, options, more);
    }
}
