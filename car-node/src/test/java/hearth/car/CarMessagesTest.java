package hearth.car;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hearth.common.json.Json;
import hearth.common.message.Approach;
import hearth.common.message.Malformed;
import hearth.common.message.Payload;
import hearth.common.message.Topic;
import hearth.common.mqtt.Decoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Each message as it stands on the wire. Changing one changes what other people's devices understand. */
final class CarMessagesTest {

    @Test
    void aCarThatIsComing() throws Malformed {
        golden(
                Approach.TOPIC,
                Approach.coming("3f2a9c1d-1", Duration.ofMinutes(7)),
                "{\"trip\":\"3f2a9c1d-1\",\"eta_s\":420}");
    }

    @Test
    void aCarThatIsNotComingAfterAll() throws Malformed {
        golden(Approach.TOPIC, Approach.calledOff("3f2a9c1d-1"), "{\"trip\":\"3f2a9c1d-1\",\"called_off\":true}");
    }

    @Test
    void whereItIs() throws Malformed {
        golden(Presence.TOPIC, Presence.HOME, "home");
        golden(Presence.TOPIC, Presence.APPROACHING, "approaching");
        golden(Presence.TOPIC, Presence.AWAY, "away");
    }

    @Test
    void howFarItIs() throws Malformed {
        golden(Distance.TOPIC, new Distance(0), "0");
        golden(Distance.TOPIC, new Distance(12), "12");
        assertThatThrownBy(() -> Distance.TOPIC.shape().read(new Payload.Text("1.5")))
                .isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> Distance.TOPIC.shape().read(new Payload.Text("-1")))
                .isInstanceOf(Malformed.class);
    }

    @Test
    void theTopics() {
        assertThat(Approach.TOPIC.of("home", "car")).isEqualTo("home/car/approach");
        assertThat(Presence.TOPIC.of("home", "car")).isEqualTo("home/car/presence");
        assertThat(Distance.TOPIC.of("home", "car")).isEqualTo("home/car/distance");
    }

    private static <T> void golden(Topic<T> topic, T message, String wire) throws Malformed {
        Payload payload = topic.shape().write(message);
        String text = payload instanceof Payload.Fields fields ? Json.write(fields) : ((Payload.Text) payload).text();

        assertThat(text).isEqualTo(wire);
        assertThat(topic.shape().read(Decoder.decode(wire.getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(message);
    }
}
