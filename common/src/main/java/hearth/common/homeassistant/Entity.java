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
 * One thing that a node shows: a temperature, a button. Nodes declare theirs next to their topics; nothing else knows
 * which there are.
 *
 * <p>Everything here is a value, and each method is this entity and one thing more. The options' names and values are Home
 * Assistant's, in full: <a href="https://www.home-assistant.io/integrations/mqtt/">its documentation</a> has them all.
 *
 * @param component what it is there, such as {@code binary_sensor}
 * @param key       this node's name for it, for ever: its id is made of it
 * @param name      for people; empty for the one that goes by the device's own name
 * @param options   in order; a value is text, a number, a flag, a list of texts, a {@link Topic}, an {@link ForeignTopic} or
 *     a {@link Duration}, told in whole seconds
 * @param availability    when it is there, beside its node's being online
 */
public record Entity(
        String component,
        String key,
        String name,
        Map<String, Object> options,
        List<AvailabilityCondition> availability) {

    /** @param expression an expression in Jinja, true of the topic's {@code value} while the entity is there */
    public record AvailabilityCondition(Topic<?> topic, String expression) {}

    static final String BUTTON = "button";
    private static final String STATE = "state_topic";

    public Entity {
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
        availability = List.copyOf(availability);
    }

    /** A number or a word to read. */
    public static Entity sensor(String key, String name, Topic<?> state) {
        return of("sensor", key, name).with(STATE, state);
    }

    /** Something that is or is not. @param expression an expression in Jinja, of the topic's {@code value} */
    public static Entity binarySensor(String key, String name, Topic<?> state, String expression) {
        return of("binary_sensor", key, name)
                .with(STATE, state)
                .with("value_template", "{{ 'ON' if " + expression + " else 'OFF' }}");
    }

    public static Entity button(String key, String name, Topic<?> command) {
        return of(BUTTON, key, name).with("command_topic", command);
    }

    /** Something that happens. Announcements are what it wants: it passes over what was retained. */
    public static Entity event(String key, String name, Topic<?> announcement) {
        return of("event", key, name).with(STATE, announcement);
    }

    /** As they stand on the wire. */
    public static <T> List<String> payloads(PayloadCodec<T> codec, List<T> values) {
        return values.stream()
                .map(value -> ((Payload.Text) codec.write(value)).text())
                .toList();
    }

    public static Entity of(String component, String key, String name) {
        return new Entity(component, key, name, Map.of(), List.of());
    }

    /** What it is made of, for those who see many such nodes. */
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

    /** One of these words. */
    public Entity oneOf(List<String> values) {
        return deviceClass("enum").with("options", values);
    }

    /** @param deviceClass what kind of its component it is, such as {@code problem} */
    public Entity deviceClass(String deviceClass) {
        return with("device_class", deviceClass);
    }

    /** For who looks after the device, not for who lives with it. */
    public Entity diagnostic() {
        return with("entity_category", "diagnostic");
    }

    /** Something to be set or pressed once in a while, not every day. */
    public Entity configuration() {
        return with("entity_category", "config");
    }

    /** What was last said is unknown after so long. */
    public Entity expiresAfter(Duration expiry) {
        return with("expire_after", expiry);
    }

    /** It is only there while that is so. */
    public Entity availableWhile(Topic<?> topic, String expression) {
        List<AvailabilityCondition> more = new ArrayList<>(availability);
        more.add(new AvailabilityCondition(topic, expression));
        return new Entity(component, key, name, options, more);
    }
}
