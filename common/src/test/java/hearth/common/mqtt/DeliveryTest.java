package hearth.common.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hearth.common.fault.Fault;
import hearth.common.mqtt.Mishap.Way;
import hearth.common.mqtt.Mishap.What;
import hearth.common.value.Pace;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands that a real Mosquitto delivers more than once, and brokers that take turns. */
final class DeliveryTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    /** The broker never sees that it arrived, and delivers it again: QoS 2, too, to a client that is made anew. */
    @ParameterizedTest(name = "QoS {0}, its {1} is lost")
    @CsvSource({"1, PUBACK, 2", "2, PUBREC, 1"}) // The first PUBACK is for its own status.
    @Fault("E7")
    void aCommandWhoseAcknowledgementIsLostComesTwiceAndIsDoneOnce(int qos, String acknowledgement, int nth)
            throws Exception {
        String topic = (qos == 1 ? Device.ASKED_ONCE : Device.ASKED_TWICE).name();
        Trouble trouble = new Trouble(new Mishap(What.CUT, Way.TO_BROKER, acknowledgement, nth, 0), () -> {});
        try (Mosquitto broker = Mosquitto.in(folder);
                Witness owner = new Witness(broker.url());
                Cable cable = new Cable(broker.port(), trouble)) {
            Bus bus = bus("coffee", List.of(cable.url()));
            Device coffee = new Device(bus, "coffee", new ManualClock());
            assertThat(bus.connect(LIMIT)).isTrue();

            owner.tell("coffee", topic, qos, "{\"id\":\"cup\",\"value\":1}");
            await().atMost(LIMIT).until(() -> bus.counts().connections() == 2);
            owner.tell("coffee", topic, qos, "{\"id\":\"next\",\"value\":1}");

            assertThat(owner.account("coffee").await(heard -> heard.times("result next done") == 1, LIMIT))
                    .isTrue();
            assertThat(coffee.arrivals()).containsExactly("cup", "cup", "next");
            assertThat(coffee.effects()).containsExactly("cup", "next");
            assertThat(owner.account("coffee").times("result cup done")).isPositive();
            bus.disconnect(LIMIT);
        }
    }

    /**
     * Each goes down as the other comes up, six times. Neither knows what the other knew: what went down with one is gone,
     * and is asked for again by the same id.
     */
    @Test
    @Fault("E7")
    void withTwoBrokersThatTakeTurnsEveryCommandIsDoneOnce() throws Exception {
        try (Mosquitto first = Mosquitto.in(Files.createDirectory(folder.resolve("first")));
                Mosquitto second = Mosquitto.in(Files.createDirectory(folder.resolve("second")))) {
            second.kill();
            List<URI> both = List.of(first.url(), second.url());
            Bus bus = bus("coffee", both);
            Device coffee = new Device(bus, "coffee", new ManualClock());
            bus.connect(Duration.ZERO);
            Bus owner = bus("owner", both);
            owner.connect(Duration.ZERO);
            List<String> asked = new ArrayList<>();
            for (int turn = 0; turn < 6; turn++) {
                String before = "before-" + turn;
                asked.add(before);
                untilDone(coffee, owner, before);
                String during = "during-" + turn;
                asked.add(during);
                press(owner, during); // It may be on its way to the one that goes down now.
                (turn % 2 == 0 ? first : second).kill();
                (turn % 2 == 0 ? second : first).start();
                untilDone(coffee, owner, during);
            }

            assertThat(coffee.effects()).containsExactlyInAnyOrderElementsOf(asked);
            assertThat(bus.counts().connections()).isGreaterThanOrEqualTo(7);
            System.out.printf(
                    "two brokers in turn: %d commands, each done once, %d arrivals%n",
                    asked.size(), coffee.arrivals().size());
            owner.disconnect(Duration.ZERO);
            bus.disconnect(Duration.ZERO);
        }
    }

    /** Asks again every half second. */
    private static void untilDone(Device coffee, Bus owner, String id) {
        await().atMost(LIMIT)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> {
                    boolean done = coffee.effects().contains(id);
                    if (!done) {
                        press(owner, id);
                    }
                    return done;
                });
    }

    private static void press(Bus owner, String id) {
        owner.publish(new Outgoing(
                "t/coffee/" + Device.ASKED_TWICE.name(),
                ("{\"id\":\"" + id + "\",\"value\":1}").getBytes(UTF_8),
                2,
                false,
                Instant.MAX));
    }

    private static Bus bus(String name, List<URI> brokers) {
        return new HiveMqBus(
                brokers,
                Identity.NONE,
                name,
                "t/" + name + "/status",
                new ManualClock(),
                Pace.REAL,
                new Backoff(Duration.ofMillis(20), Duration.ofMillis(100), Math::random),
                Patience.STANDARD);
    }
}
