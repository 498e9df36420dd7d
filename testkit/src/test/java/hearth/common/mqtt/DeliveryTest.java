package hearth.common.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hearth.common.value.TimeScale;
import hearth.testkit.ManualClock;
import hearth.testkit.bus.ConnectionFault;
import hearth.testkit.bus.ConnectionFault.ConnectionFaultKind;
import hearth.testkit.bus.ConnectionFault.Direction;
import hearth.testkit.bus.ConnectionFaultInjector;
import hearth.testkit.bus.MinimalNode;
import hearth.testkit.bus.Mosquitto;
import hearth.testkit.bus.ReferenceClient;
import hearth.testkit.bus.TcpProxy;
import hearth.testkit.fault.Fault;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands that a real Mosquitto delivers more than once, and brokers that alternate. */
@Tag("broker")
final class DeliveryTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    /**
     * The broker does not learn that the command arrived, and delivers it again; with QoS 2 too, because the client is
     * a new one.
     */
    @ParameterizedTest(name = "QoS {0}, its {1} is lost")
    @CsvSource({"1, PUBACK, 2", "2, PUBREC, 1"}) // The first PUBACK is for its own status.
    @Fault("E7")
    void aCommandWhoseAcknowledgementIsLostArrivesTwiceAndIsExecutedOnce(int qos, String acknowledgement, int nth)
            throws Exception {
        String topic = (qos == 1 ? MinimalNode.QOS1_COMMAND : MinimalNode.QOS2_COMMAND).name();
        ConnectionFaultInjector injector = new ConnectionFaultInjector(
                new ConnectionFault(ConnectionFaultKind.CUT, Direction.TO_BROKER, acknowledgement, nth, 0), () -> {});
        try (Mosquitto broker = Mosquitto.in(folder);
                ReferenceClient owner = new ReferenceClient(broker.url());
                TcpProxy cable = new TcpProxy(broker.port(), injector)) {
            Bus bus = bus("coffee", List.of(cable.url()));
            MinimalNode coffee = new MinimalNode(bus, "coffee", new ManualClock());
            assertThat(bus.connect(LIMIT)).isTrue();

            owner.publish("coffee", topic, qos, "{\"id\":\"cup\",\"value\":1}");
            await().atMost(LIMIT).until(() -> bus.counts().connections() == 2);
            owner.publish("coffee", topic, qos, "{\"id\":\"next\",\"value\":1}");

            assertThat(owner.log("coffee").await(log -> log.count("result next done") == 1, LIMIT))
                    .isTrue();
            assertThat(coffee.receivedIds()).containsExactly("cup", "cup", "next");
            assertThat(coffee.executedIds()).containsExactly("cup", "next");
            assertThat(owner.log("coffee").count("result cup done")).isPositive();
            bus.disconnect(LIMIT);
        }
    }

    /**
     * One broker stops when the other starts, six times. They share no data: commands queued at a stopped broker are
     * lost, and sent again with the same id.
     */
    @Test
    @Fault("E7")
    void withTwoAlternatingBrokersEveryCommandIsExecutedOnce() throws Exception {
        try (Mosquitto first = Mosquitto.in(Files.createDirectory(folder.resolve("first")));
                Mosquitto second = Mosquitto.in(Files.createDirectory(folder.resolve("second")))) {
            second.kill();
            List<URI> both = List.of(first.url(), second.url());
            Bus bus = bus("coffee", both);
            MinimalNode coffee = new MinimalNode(bus, "coffee", new ManualClock());
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
                press(owner, during); // It may be in flight to the broker that stops now.
                (turn % 2 == 0 ? first : second).kill();
                (turn % 2 == 0 ? second : first).start();
                untilDone(coffee, owner, during);
            }

            assertThat(coffee.executedIds()).containsExactlyInAnyOrderElementsOf(asked);
            assertThat(bus.counts().connections()).isGreaterThanOrEqualTo(7);
            System.out.printf(
                    "two brokers in turn: %d commands, each done once, %d arrivals%n",
                    asked.size(), coffee.receivedIds().size());
            owner.disconnect(Duration.ZERO);
            bus.disconnect(Duration.ZERO);
        }
    }

    /** Sends the command again every half second. */
    private static void untilDone(MinimalNode coffee, Bus owner, String id) {
        await().atMost(LIMIT)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> {
                    boolean done = coffee.executedIds().contains(id);
                    if (!done) {
                        press(owner, id);
                    }
                    return done;
                });
    }

    private static void press(Bus owner, String id) {
        owner.publish(new Outgoing(
                "t/coffee/" + MinimalNode.QOS2_COMMAND.name(),
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
                TimeScale.REAL_TIME,
                new Backoff(Duration.ofMillis(20), Duration.ofMillis(100), Math::random),
                Timeouts.STANDARD);
    }
}
