package hearth.common.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.value.TimeScale;
import hearth.testkit.ManualClock;
import hearth.testkit.bus.ConnectionFault;
import hearth.testkit.bus.ConnectionFault.ConnectionFaultKind;
import hearth.testkit.bus.ConnectionFault.Direction;
import hearth.testkit.bus.Mosquitto;
import hearth.testkit.bus.ProxiedPacket;
import hearth.testkit.bus.ReferenceClient;
import hearth.testkit.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Repeats one exchange with a real Mosquitto, each time with one fault, at every place of the exchange. It writes
 * {@code target/torture.md}, which is the table in {@code docs/evidence/torture.md}.
 */
@Tag("broker")
final class ConnectionLossTest {

    /** Number of exchanges at once: each mostly waits. */
    private static final int AT_ONCE = 16;

    /** More for the bare client: it waits 1 s before it reconnects. */
    private static final int BARE_AT_ONCE = 64;

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration BARE_LIMIT = Duration.ofSeconds(8);

    /** For connections that stall: a keep-alive of 1 s instead of 10 s, and all other timeouts in proportion. */
    private static final Timeouts SHORT_TIMEOUTS = new Timeouts(
            1,
            Duration.ofSeconds(1),
            Duration.ofSeconds(3),
            Duration.ofMillis(1500),
            Duration.ofSeconds(1),
            Duration.ofSeconds(3));

    private static final ConnectionLossRun.BusFactory HEARTH = hearth(Timeouts.STANDARD);
    private static final ConnectionLossRun.BusFactory HEARTH_SHORT = hearth(SHORT_TIMEOUTS);
    private static final ConnectionLossRun.BusFactory BARE = bare(10);
    private static final ConnectionLossRun.BusFactory BARE_SHORT = bare(1);

    @TempDir
    private static Path folder;

    private static final AtomicInteger NAMES = new AtomicInteger(36 * 36);
    private static final ConnectionLossTable TABLE = new ConnectionLossTable();

    private static Mosquitto broker;
    private static ReferenceClient client;
    private static List<ProxiedPacket> packets;

    @BeforeAll
    static void recordPackets() throws Exception {
        broker = Mosquitto.in(folder, "max_queued_messages 0");
        client = new ReferenceClient(broker.url());
        packets = ConnectionLossRun.run(HEARTH, name(), ConnectionFault.NONE, broker, client, LIMIT)
                .packets();
    }

    @AfterAll
    static void end() throws IOException {
        client.close();
        broker.close();
        Files.writeString(Path.of("target", "torture.md"), TABLE.toString());
        System.out.print(TABLE);
    }

    @Test
    void withoutAFaultEverythingIsDoneOnceWithoutARepeat() throws Exception {
        ConnectionLossRun run = ConnectionLossRun.run(HEARTH, name(), ConnectionFault.NONE, broker, client, LIMIT);

        assertAllAccountedFor(run);
        assertThat(run.receivedTwice()).isZero();
        assertThat(run.fates().values())
                .containsOnlyOnce(ConnectionLossRun.MessageFate.REJECTED, ConnectionLossRun.MessageFate.EXPIRED);
        assertThat(run.packets())
                .extracting(packet -> packet.direction() + " " + packet.packetType())
                .contains("TO_BROKER CONNECT", "TO_BROKER SUBSCRIBE", "TO_BROKER PUBLISH 0", "TO_BROKER PUBLISH 1")
                .contains("TO_BROKER PUBLISH 2", "TO_BROKER PUBREL", "TO_BROKER PUBACK", "TO_BROKER PUBREC")
                .contains("TO_BROKER PUBCOMP", "TO_BROKER DISCONNECT", "TO_CLIENT CONNACK", "TO_CLIENT SUBACK")
                .contains("TO_CLIENT PUBLISH 1", "TO_CLIENT PUBLISH 2", "TO_CLIENT PUBREL", "TO_CLIENT PUBACK")
                .contains("TO_CLIENT PUBREC", "TO_CLIENT PUBCOMP");
    }

    @Test
    @Fault("E6")
    void afterACutAtEveryBoundaryAndByteNothingIsLostOrDoneTwice() throws Exception {
        List<ConnectionFault> places = new ArrayList<>(boundaries(ConnectionFaultKind.CUT));
        places.addAll(bytes(ConnectionFaultKind.CUT));

        injectAll("cut", places, HEARTH, BARE);
    }

    @Test
    @Fault("E6")
    void afterAResetAtEveryBoundaryAndInEveryPacketNothingIsLostOrDoneTwice() throws Exception {
        List<ConnectionFault> places = new ArrayList<>(boundaries(ConnectionFaultKind.RESET));
        places.addAll(middles(ConnectionFaultKind.RESET));

        injectAll("reset", places, HEARTH, BARE);
    }

    @Test
    @Fault("E6")
    void aConnectionThatStallsAtAnyBoundaryIsAbandonedAndNothingIsLostOrDoneTwice() throws Exception {
        injectAll("stall", boundaries(ConnectionFaultKind.STALL), HEARTH_SHORT, BARE_SHORT);
    }

    @Test
    @Fault("E3")
    void aBrokerThatLosesTheSessionReceivesEverythingAgain() throws Exception {
        injectAll("cut with a lost session", boundaries(ConnectionFaultKind.FORGET), HEARTH, BARE);
    }

    /** A keep-alive of ten seconds tolerates half a second, and a thousand bytes of one millisecond each. */
    @Test
    @Fault("E6")
    void aSlowOrLateConnectionIsKept() throws Exception {
        List<ConnectionFault> all = Stream.of(ConnectionFaultKind.SLOW, ConnectionFaultKind.LATE)
                .map(faultKind -> new ConnectionFault(faultKind, Direction.TO_BROKER, "CONNECT", 1, 0))
                .toList();

        List<ConnectionLossRun> runs = runAll(all, HEARTH, all.size(), LIMIT.multipliedBy(3));

        TABLE.add("slow line and late line, Hearth", runs);
        assertThat(runs).allSatisfy(ConnectionLossTest::assertAllAccountedFor);
        assertThat(runs).allSatisfy(run -> assertThat(run.packets())
                .filteredOn(packet -> packet.packetType().equals("CONNECT"))
                .hasSize(1));
    }

    private static void injectAll(
            String fault,
            List<ConnectionFault> places,
            ConnectionLossRun.BusFactory hearth,
            ConnectionLossRun.BusFactory bare)
            throws Exception {
        List<ConnectionLossRun> runs = runAll(places, hearth, AT_ONCE, LIMIT);
        TABLE.add(fault + ", Hearth", runs);
        TABLE.add(fault + ", HiveMQ client alone", runAll(places, bare, BARE_AT_ONCE, BARE_LIMIT));

        assertThat(runs).allSatisfy(ConnectionLossTest::assertAllAccountedFor);
        assertThat(runs).filteredOn(run -> !run.hasHappened()).isEmpty();
    }

    private static void assertAllAccountedFor(ConnectionLossRun run) {
        assertThat(run.fates()).as(run.toString()).doesNotContainValue(ConnectionLossRun.MessageFate.LOST);
        assertThat(run.executedTwice()).as(run.toString()).isZero();
        assertThat(run.unexpected()).as(run.toString()).isEmpty();
        assertThat(run.settled()).as(run.toString()).containsExactly("a0 true", "a1 true", "a2 true", "old false");
    }

    /** Before each packet and after it. */
    private static List<ConnectionFault> boundaries(ConnectionFaultKind faultKind) {
        return packets.stream()
                .flatMap(packet -> Stream.of(
                        new ConnectionFault(faultKind, packet.direction(), packet.packetType(), packet.nth(), 0),
                        new ConnectionFault(
                                faultKind, packet.direction(), packet.packetType(), packet.nth(), packet.length())))
                .toList();
    }

    /** After each byte except the last of each packet type; in the longest packet, if a type occurs several times. */
    private static List<ConnectionFault> bytes(ConnectionFaultKind faultKind) {
        List<ConnectionFault> all = new ArrayList<>();
        longestOfEachKind().forEach(packet -> {
            for (int bytes = 1; bytes < packet.length(); bytes++) {
                all.add(new ConnectionFault(faultKind, packet.direction(), packet.packetType(), packet.nth(), bytes));
            }
        });
        return all;
    }

    private static List<ConnectionFault> middles(ConnectionFaultKind faultKind) {
        return packets.stream()
                .map(packet -> new ConnectionFault(
                        faultKind, packet.direction(), packet.packetType(), packet.nth(), (packet.length() + 1) / 2))
                .toList();
    }

    private static List<ProxiedPacket> longestOfEachKind() {
        Map<String, ProxiedPacket> longest = new TreeMap<>();
        packets.forEach(packet -> longest.merge(
                packet.direction() + packet.packetType(),
                packet,
                (one, other) -> other.length() > one.length() ? other : one));
        return List.copyOf(longest.values());
    }

    private static List<ConnectionLossRun> runAll(
            List<ConnectionFault> places, ConnectionLossRun.BusFactory factory, int atOnce, Duration limit)
            throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(atOnce);
        try {
            List<Future<ConnectionLossRun>> futures = new ArrayList<>();
            for (ConnectionFault place : places) {
                futures.add(threads.submit(() -> ConnectionLossRun.run(factory, name(), place, broker, client, limit)));
            }
            List<ConnectionLossRun> runs = new ArrayList<>();
            for (Future<ConnectionLossRun> each : futures) {
                runs.add(each.get());
            }
            return runs;
        } finally {
            threads.shutdownNow();
        }
    }

    /** Short, because it is in every packet. */
    private static String name() {
        return Integer.toString(NAMES.incrementAndGet(), 36);
    }

    private static ConnectionLossRun.BusFactory bare(int keepAliveS) {
        return (broker, name, status) -> new PlainHiveMqBus(broker, name, status, new ManualClock(), keepAliveS);
    }

    private static ConnectionLossRun.BusFactory hearth(Timeouts timeouts) {
        return (broker, name, status) -> new HiveMqBus(
                List.of(broker),
                Identity.NONE,
                name,
                status,
                new ManualClock(),
                TimeScale.REAL_TIME,
                new Backoff(Duration.ofMillis(10), Duration.ofMillis(50), Math::random),
                timeouts);
    }
}
