package hearth.common.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hearth.common.value.TimeScale;
import hearth.testkit.ManualClock;
import hearth.testkit.bus.ConnectionFault;
import hearth.testkit.bus.MessageCollector;
import hearth.testkit.bus.Mosquitto;
import hearth.testkit.bus.PacketFraming;
import hearth.testkit.bus.TcpProxy;
import hearth.testkit.fault.Fault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A night without a broker, with a simulated clock. */
@Tag("broker")
final class OutageTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int MINUTES = 8 * 60;

    @TempDir
    private Path folder;

    /**
     * Each minute a reading with an expiry of 90 s, a target, an announcement without expiry, and one with an expiry of
     * 10 minutes.
     */
    @Test
    @Fault("E15")
    void afterEightHoursTheLatestStatesAndAnnouncementsAreSentInOrderAndAtMostSixteenAtOnce() throws Exception {
        ManualClock clock = new ManualClock();
        AtomicInteger settled = new AtomicInteger();
        MessageCollector collector = new MessageCollector();
        InFlightCounter burst = new InFlightCounter();
        try (Mosquitto broker = Mosquitto.in(folder);
                TcpProxy cable = new TcpProxy(broker.port(), burst)) {
            Bus watcher = bus("watcher", broker.url(), clock);
            assertThat(watcher.connect(LIMIT)).isTrue();
            for (String topic : List.of("t/temperature", "t/target", "t/done", "t/soon")) {
                watcher.subscribe(new Subscription(topic, 1, false), collector, LIMIT);
            }
            Bus node = bus("node", cable.url(), clock);
            assertThat(node.connect(LIMIT)).isTrue();
            cable.unplug();
            await().atMost(LIMIT).until(() -> cable.connectionCount() > 1);

            for (int minute = 1; minute <= MINUTES; minute++) {
                clock.pass(Duration.ofMinutes(1));
                publish(node, "t/temperature", minute, true, clock.in(Duration.ofSeconds(90)), settled);
                publish(node, "t/target", minute, true, Instant.MAX, settled);
                publish(node, "t/done", minute, false, Instant.MAX, settled);
                publish(node, "t/soon", minute, false, clock.in(Duration.ofMinutes(10)), settled);
                node.unsubscribe("t/nothing", LIMIT); // Returns when the bus has counted all.
            }
            await().atMost(LIMIT)
                    .until(() ->
                            settled.get() == 4 * MINUTES - (int) node.counts().queued());
            assertThat(node.counts().queued()).isLessThanOrEqualTo(Outbox.MAX_ANNOUNCEMENTS + 2);
            cable.plugIn();

            await().atMost(LIMIT).until(() -> settled.get() == 4 * MINUTES);
            await().atMost(LIMIT).until(() -> texts(collector, "t/soon").contains("480"));
            // There is room for 256 announcements. Of those with an expiry of ten minutes, ten are valid; the rest is
            // for the others.
            assertThat(texts(collector, "t/soon")).isEqualTo(numbers(471, MINUTES));
            assertThat(texts(collector, "t/done")).isEqualTo(numbers(235, MINUTES));
            assertThat(texts(collector, "t/target")).containsExactly("480");
            assertThat(texts(collector, "t/temperature")).containsExactly("480");
            assertThat(collector.messages().stream()
                            .filter(message -> message.topic().equals("t/soon")))
                    .allSatisfy(message -> {
                        long age = 60L * (MINUTES - Integer.parseInt(new String(message.payload(), UTF_8)));
                        assertThat(message.lifetimeS()).isEqualTo(600);
                        assertThat(message.remainingS())
                                .isBetween(600 - age - 30, 600 - age); // The broker counts real seconds.
                    });
            assertThat(burst.most()).isLessThanOrEqualTo(Outbox.MAX_IN_FLIGHT);
            System.out.printf(
                    "after eight hours: %d messages sent, at most %d at once%n",
                    collector.messages().size(), burst.most());
            node.disconnect(LIMIT);
            watcher.disconnect(LIMIT);
        }
    }

    /** Counts the messages that were sent and not acknowledged. */
    private static final class InFlightCounter implements TcpProxy.ProxyBehaviour {

        private int underWay; // Guarded by this, as is the other.
        private int most;

        synchronized int most() {
            return most;
        }

        @Override
        public TcpProxy.ByteForwarder forwarder(ConnectionFault.Direction way) {
            PacketFraming framing = new PacketFraming();
            return (bytes, count, line) -> {
                for (int i = 0; i < count; i++) {
                    if (framing.isBetween()) {
                        begun(way + " " + PacketFraming.kind(bytes[i]));
                    }
                    framing.take(bytes[i]);
                }
                line.deliver(bytes, 0, count);
            };
        }

        private synchronized void begun(String packet) {
            switch (packet) {
                case "TO_BROKER CONNECT" -> underWay = 0;
                case "TO_BROKER PUBLISH 1" -> underWay++;
                case "TO_CLIENT PUBACK" -> underWay--;
                default -> {}
            }
            most = Math.max(most, underWay);
        }
    }

    private static void publish(
            Bus node, String topic, int minute, boolean retained, Instant until, AtomicInteger settled) {
        byte[] text = Integer.toString(minute).getBytes(UTF_8);
        node.publish(new Outgoing(topic, text, 1, retained, until), delivered -> settled.incrementAndGet());
    }

    private static List<String> texts(MessageCollector collector, String topic) {
        return collector.messages().stream()
                .filter(message -> message.topic().equals(topic))
                .map(message -> new String(message.payload(), UTF_8))
                .toList();
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(Integer::toString).toList();
    }

    private static Bus bus(String name, URI broker, ManualClock clock) {
        Backoff quick = new Backoff(Duration.ofMillis(20), Duration.ofMillis(100), Math::random);
        return new HiveMqBus(
                List.of(broker),
                Identity.NONE,
                name,
                "t/" + name + "/status",
                clock,
                TimeScale.REAL_TIME,
                quick,
                Timeouts.STANDARD);
    }
}
