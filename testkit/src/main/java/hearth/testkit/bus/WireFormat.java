package hearth.testkit.bus;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.json.Json;
import hearth.common.message.Malformed;
import hearth.common.message.Payload;
import hearth.common.message.Topic;
import hearth.common.mqtt.Decoder;
import java.nio.charset.StandardCharsets;

/** Messages as they stand on the wire. Changing one changes what other people's devices understand. */
public final class WireFormat {

    private WireFormat() {}

    /** What is said so is understood so. */
    public static <T> void assertRoundTrip(Topic<T> topic, T message, String wire) throws Malformed {
        assertWritten(topic, message, wire);
        assertThat(topic.codec().read(Decoder.decode(wire.getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(message);
    }

    /** What is said so; nobody here listens to it. */
    public static <T> void assertWritten(Topic<T> topic, T message, String wire) {
        Payload payload = topic.codec().write(message);
        String text = payload instanceof Payload.Fields fields ? Json.write(fields) : ((Payload.Text) payload).text();

        assertThat(text).isEqualTo(wire);
    }
}
