package hearth.testkit.bus;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.json.Json;
import hearth.common.message.Malformed;
import hearth.common.message.Payload;
import hearth.common.message.Topic;
import hearth.common.mqtt.Decoder;
import java.nio.charset.StandardCharsets;

/** Checks MQTT payloads. A changed payload breaks other people's devices and programs. */
public final class WireFormat {

    private WireFormat() {}

    /** The message is written as this payload, and the payload is read as the message. */
    public static <T> void assertRoundTrip(Topic<T> topic, T message, String wire) throws Malformed {
        assertWritten(topic, message, wire);
        assertThat(topic.codec().read(Decoder.decode(wire.getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(message);
    }

    /** The message is written as this payload; no node reads it. */
    public static <T> void assertWritten(Topic<T> topic, T message, String wire) {
        Payload payload = topic.codec().write(message);
        String text = payload instanceof Payload.Fields fields ? Json.write(fields) : ((Payload.Text) payload).text();

        assertThat(text).isEqualTo(wire);
    }
}
