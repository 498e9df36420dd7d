package hearth.thermostat;

import hearth.common.message.Malformed;
import hearth.common.message.Payload;
import hearth.common.message.PayloadCodec;
import hearth.common.value.Celsius;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A temperature in °C on a topic of another program: {@code esphome/sensor/living/state}, a plain number, or
 * {@code zigbee2mqtt/Living room#/temperature}, a number in JSON.
 *
 * @param pointer to the number; empty if the message is a plain number
 */
record ForeignSensor(String topic, Optional<JsonPointer> pointer) {

    private static final Pattern TOPIC = Pattern.compile("[^+#\\p{Cc}]{1,128}");
    private static final PayloadCodec<Celsius> CELSIUS = PayloadCodec.celsius(2);

    /** Tasmota sends this field together with its temperatures: {@code C} or {@code F}. */
    private static final JsonPointer UNIT = JsonPointer.of("/TempUnit");

    /** A node's name has one level. */
    static boolean isForeignTopic(String source) {
        return source.contains("/");
    }

    /** @throws IllegalArgumentException if this is no topic, or has no JSON pointer after the {@code #} */
    static ForeignSensor of(String source) {
        int end = source.indexOf('#');
        String topic = end < 0 ? source : source.substring(0, end);
        if (!TOPIC.matcher(topic).matches()) {
            throw new IllegalArgumentException("expected a topic without + and of at most 128 characters");
        }
        return new ForeignSensor(
                topic, end < 0 ? Optional.empty() : Optional.of(JsonPointer.of(source.substring(end + 1))));
    }

    Celsius read(String text) throws Malformed {
        if (pointer.isEmpty()) {
            return CELSIUS.read(new Payload.Text(text));
        }
        Object unit = UNIT.find(text).orElse("C");
        if (!unit.equals("C")) {
            throw new Malformed("TempUnit: expected C");
        }
        return CELSIUS.read(new Payload.Value(pointer.get().valueIn(text)));
    }

    /** The template with which Home Assistant finds the number; empty if the message is a plain number. */
    Optional<String> template() {
        return pointer.map(pointer -> {
            StringBuilder number = new StringBuilder("value_json");
            for (String name : pointer.path()) {
                boolean index = name.matches("0|[1-9][0-9]*");
                number.append('[')
                        .append(index ? name : "'" + name.replace("'", "\\'") + "'")
                        .append(']');
            }
            return "{{ " + number + " }}";
        });
    }
}
