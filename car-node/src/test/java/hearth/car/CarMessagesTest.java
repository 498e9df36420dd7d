package hearth.car;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hearth.common.message.Approach;
import hearth.common.message.Malformed;
import hearth.common.message.Payload;
import hearth.testkit.bus.WireFormat;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Each message as it is published. A change breaks the programs that read it. */
final class CarMessagesTest {

    @Test
    void approachOfACarThatIsComing() throws Malformed {
        WireFormat.assertRoundTrip(
                Approach.TOPIC,
                Approach.coming("3f2a9c1d-1", Duration.ofMinutes(7)),
                "{\"trip\":\"3f2a9c1d-1\",\"eta_s\":420}");
    }

    @Test
    void approachThatIsCancelled() throws Malformed {
        WireFormat.assertRoundTrip(
                Approach.TOPIC, Approach.cancelled("3f2a9c1d-1"), "{\"trip\":\"3f2a9c1d-1\",\"called_off\":true}");
    }

    @Test
    void presence() throws Malformed {
        WireFormat.assertRoundTrip(Presence.TOPIC, Presence.HOME, "home");
        WireFormat.assertRoundTrip(Presence.TOPIC, Presence.APPROACHING, "approaching");
        WireFormat.assertRoundTrip(Presence.TOPIC, Presence.AWAY, "away");
    }

    @Test
    void distance() throws Malformed {
        WireFormat.assertRoundTrip(Distance.TOPIC, new Distance(0), "0");
        WireFormat.assertRoundTrip(Distance.TOPIC, new Distance(12), "12");
        assertThatThrownBy(() -> Distance.TOPIC.codec().read(new Payload.Text("1.5")))
                .isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> Distance.TOPIC.codec().read(new Payload.Text("-1")))
                .isInstanceOf(Malformed.class);
    }

    @Test
    void topicsOfACar() {
        assertThat(Approach.TOPIC.of("home", "car")).isEqualTo("home/car/approach");
        assertThat(Presence.TOPIC.of("home", "car")).isEqualTo("home/car/presence");
        assertThat(Distance.TOPIC.of("home", "car")).isEqualTo("home/car/distance");
    }
}
