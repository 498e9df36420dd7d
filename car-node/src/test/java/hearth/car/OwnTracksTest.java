package hearth.car;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hearth.common.message.Malformed;
import hearth.common.mqtt.Bus;
import hearth.common.mqtt.Incoming;
import hearth.common.mqtt.MemoryBroker;
import hearth.common.mqtt.NodeBus;
import hearth.common.value.Fix;
import hearth.common.value.Position;
import hearth.common.value.TimeScale;
import hearth.testkit.VirtualTimers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages from the documentation of OwnTracks. */
final class OwnTracksTest {

    private static final String TOPIC = "owntracks/anna/phone";

    private final VirtualTimers timers = new VirtualTimers(Instant.parse("2030-01-01T00:00:00Z"));
    private final MemoryBroker broker = new MemoryBroker(timers.clock(), TimeScale.REAL_TIME, timers.worker("broker"));
    private final Bus bus = broker.bus("car", "home/car/status");
    private final OwnTracks phone =
            new OwnTracks(new NodeBus(bus, "home", "car", timers.clock(), TimeScale.REAL_TIME), TOPIC);
    private final List<Fix> fixes = new ArrayList<>();

    @BeforeEach
    void listen() {
        bus.connect(Duration.ZERO);
        phone.start(fixes::add);
        timers.advance(Duration.ZERO);
    }

    @Test
    void aLocationIsAFixWithTheErrorForNinetyFivePercent() {
        publish("""
                {"_type":"location","BSSID":"b0:f2:08:45:94:33","acc":20,"alt":1,"batt":81,"bs":1,"cog":12,"conn":"w",\
                "created_at":1893456001,"inregions":["home"],"lat":52.373121,"lon":4.892624,"m":2,"t":"u","tid":"an",\
                "topic":"owntracks/anna/phone","tst":1893456000,"vac":2,"vel":48}""");

        assertThat(fixes).containsExactly(new Fix(new Position(52.373121, 4.892624), 20 * 1.62));
    }

    @Test
    void aLocationWithoutAnAccuracyHasAnInfiniteError() {
        publish("{\"_type\":\"location\",\"lat\":52.3,\"lon\":4.8,\"tst\":1}");
        publish("{\"_type\":\"location\",\"acc\":-1,\"lat\":52.3,\"lon\":4.8,\"tst\":2}");

        assertThat(fixes).extracting(Fix::errorM).containsExactly(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    @Test
    void aRepeatedOrLateMessageCountsOnce() {
        publish(at(52.1, 100));
        publish(at(52.1, 100));
        publish(at(52.2, 110));
        publish(at(52.1, 90));

        assertThat(fixes).hasSize(2);
    }

    @Test
    void aPhoneWhoseClockWasSetBackIsUsedAgain() {
        publish(at(52.1, 10_000));
        publish(at(52.2, 6_000));
        publish(at(52.3, 6_010));

        assertThat(fixes).hasSize(3);
    }

    @Test
    void aRetainedLocationIsIgnoredUnlessItIsFresh() {
        broker.publish(incoming(at(52.1, 1), true, Incoming.ABSENT, Incoming.ABSENT), 1);
        fixes.clear();
        broker.cut("car");
        timers.advance(Duration.ofSeconds(1));
        assertThat(fixes).isEmpty();

        broker.publish(incoming(at(52.1, 2), true, 300, 200), 1);
        timers.advance(Duration.ofSeconds(1));
        assertThat(fixes).isEmpty();
        broker.publish(incoming(at(52.1, 3), true, 300, 299), 1);
        timers.advance(Duration.ofSeconds(1));
        assertThat(fixes).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"_type\":\"lwt\",\"tst\":1}",
                "{\"_type\":\"transition\",\"event\":\"enter\",\"lat\":52.3,\"lon\":4.8,\"acc\":8,\"tst\":1}",
                "{\"_type\":\"encrypted\",\"data\":\"x\"}"
            })
    void otherMessagesOfAPhoneAreIgnored(String text) throws Malformed {
        assertThat(phone.fix(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "52.3,4.8",
                "{\"_type\":\"location\",\"acc\":8,\"lat\":52.3,\"tst\":1}",
                "{\"_type\":\"location\",\"acc\":8,\"lat\":\"52.3\",\"lon\":4.8,\"tst\":1}",
                "{\"_type\":\"location\",\"acc\":8,\"lat\":91,\"lon\":4.8,\"tst\":1}",
                "{\"_type\":\"location\",\"acc\":8,\"lat\":52.3,\"lon\":1e3,\"tst\":1}",
                "{\"_type\":\"location\",\"acc\":8,\"lat\":52.3,\"lon\":4.8}",
                "{\"_type\":\"location\",\"acc\":8,\"lat\":52.3,\"lon\":4.8,\"tst\":1.5}",
                "{\"_type\":\"location\",\"acc\":8,\"lat\":52.3,\"lat\":50.3,\"lon\":4.8,\"tst\":1}"
            })
    void anInvalidLocationIsMalformed(String text) {
        assertThatThrownBy(() -> phone.fix(text)).isInstanceOf(Malformed.class);
    }

    private static String at(double latitudeDeg, long takenS) {
        return "{\"_type\":\"location\",\"acc\":8,\"lat\":" + latitudeDeg + ",\"lon\":4.8,\"tst\":" + takenS + "}";
    }

    private void publish(String text) {
        broker.publish(incoming(text, false, Incoming.ABSENT, Incoming.ABSENT), 1);
        timers.advance(Duration.ZERO);
    }

    private static Incoming incoming(String text, boolean retained, long lifetimeS, long leftS) {
        return new Incoming(TOPIC, text.getBytes(StandardCharsets.UTF_8), retained, lifetimeS, leftS);
    }
}
