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
    private static final Timeouts HASTY = new Timeouts(
            1,
            Duration.ofSeconds(1),
            Duration.ofSeconds(3),
            Duration.ofMillis(1500),
            Duration.ofSeconds(1),
            Duration.ofSeconds(3));

    private static final ConnectionLossRun.BusFactory OURS = ours(Timeouts.STANDARD);
    private static final ConnectionLossRun.BusFactory OURS_HASTY = ours(HASTY);
    private static final ConnectionLossRun.BusFactory BARE = bare(10);
    private static final ConnectionLossRun.BusFactory BARE_HASTY = bare(1);

    @TempDir
    private static Path folder;

    private static final AtomicInteger NAMES = new AtomicInteger(36 * 36);
    private static final ConnectionLossTable TABLE = new ConnectionLossTable();

    private static Mosquitto broker;
    private static ReferenceClient witness;
    private static List<ProxiedPacket> packets;

    @BeforeAll
    static void recordAConversation() throws Exception {
        broker = Mosquitto.in(folder, "max_queued_messages 0");
        witness = new ReferenceClient(broker.url());
        packets = ConnectionLossRun.run(OURS, name(), ConnectionFault.NONE, broker, witness, LIMIT)
                .packets();
    }

    @AfterAll
    static void end() throws IOException {
        witness.close();
        broker.close();
        Files.writeString(Path.of("target", "torture.md"), TABLE.toString());
        System.out.print(TABLE);
    }

    @Test
    void withoutAFaultEverythingIsDoneOnceWithoutARepeat() throws Exception {
        ConnectionLossRun talk = ConnectionLossRun.run(OURS, name(), ConnectionFault.NONE, broker, witness, LIMIT);

        allIsAccountedFor(talk);
        assertThat(talk.receivedTwice()).isZero();
        assertThat(talk.fates().values())
                .containsOnlyOnce(ConnectionLossRun.MessageFate.REJECTED, ConnectionLossRun.MessageFate.EXPIRED);
        assertThat(talk.packets())
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

        torment("cut", places, OURS, BARE);
    }

    @Test
    @Fault("E6")
    void afterAResetAtEveryBoundaryAndInEveryPacketNothingIsLostOrDoneTwice() throws Exception {
        List<ConnectionFault> places = new ArrayList<>(boundaries(ConnectionFaultKind.RESET));
        places.addAll(middles(ConnectionFaultKind.RESET));

        torment("reset", places, OURS, BARE);
    }

    @Test
    @Fault("E6")
    void aConnectionThatStallsAtAnyBoundaryIsAbandonedAndNothingIsLostOrDoneTwice() throws Exception {
        torment("stall", boundaries(ConnectionFaultKind.STALL), OURS_HASTY, BARE_HASTY);
    }

    @Test
    @Fault("E3")
    void aBrokerThatLosesTheSessionReceivesEverythingAgain() throws Exception {
        torment("cut with a lost session", boundaries(ConnectionFaultKind.FORGET), OURS, BARE);
    }

    /** A keep-alive of ten seconds tolerates half a second, and a thousand bytes of one millisecond each. */
    @Test
    @Fault("E6")
    void aSlowOrLateConnectionIsKept() throws Exception {
        List<ConnectionFault> all = Stream.of(ConnectionFaultKind.SLOW, ConnectionFaultKind.LATE)
                .map(what -> new ConnectionFault(what, Direction.TO_BROKER, "CONNECT", 1, 0))
                .toList();

        List<ConnectionLossRun> talks = hold(all, OURS, all.size(), LIMIT.multipliedBy(3));

        TABLE.add("slow line and late line, Hearth", talks);
        assertThat(talks).allSatisfy(ConnectionLossTest::allIsAccountedFor);
        assertThat(talks).allSatisfy(talk -> assertThat(talk.packets())
                .filteredOn(packet -> packet.packetType().equals("CONNECT"))
                .hasSize(1));
    }

    private static void torment(
            String mishap,
            List<ConnectionFault> places,
            ConnectionLossRun.BusFactory ours,
            ConnectionLossRun.BusFactory bare)
            throws Exception {
        List<ConnectionLossRun> talks = hold(places, ours, AT_ONCE, LIMIT);
        TABLE.add(mishap + ", Hearth", talks);
        TABLE.add(mishap + ", HiveMQ client alone", hold(places, bare, BARE_AT_ONCE, BARE_LIMIT));

        assertThat(talks).allSatisfy(ConnectionLossTest::allIsAccountedFor);
        assertThat(talks).filteredOn(talk -> !talk.hasHappened()).isEmpty();
    }

    private static void allIsAccountedFor(ConnectionLossRun talk) {
        assertThat(talk.fates()).as(talk.toString()).doesNotContainValue(ConnectionLossRun.MessageFate.LOST);
        assertThat(talk.executedTwice()).as(talk.toString()).isZero();
        assertThat(talk.unexpected()).as(talk.toString()).isEmpty();
        assertThat(talk.settled()).as(talk.toString()).containsExactly("a0 true", "a1 true", "a2 true", "old false");
    }

    /** Before each packet and after it. */
    private static List<ConnectionFault> boundaries(ConnectionFaultKind what) {
        return packets.stream()
                .flatMap(packet -> Stream.of(
                        new ConnectionFault(what, packet.direction(), packet.packetType(), packet.nth(), 0),
                        new ConnectionFault(
                                what, packet.direction(), packet.packetType(), packet.nth(), packet.length())))
                .toList();
    }

    /** After each byte except the last of each packet type; in the longest packet, if a type occurs several times. */
    private static List<ConnectionFault> bytes(ConnectionFaultKind what) {
        List<ConnectionFault> all = new ArrayList<>();
        longestOfEachKind().forEach(packet -> {
            for (int bytes = 1; bytes < packet.length(); bytes++) {
                all.add(new ConnectionFault(what, packet.direction(), packet.packetType(), packet.nth(), bytes));
            }
        });
        return all;
    }

    private static List<ConnectionFault> middles(ConnectionFaultKind what) {
        return packets.stream()
                .map(packet -> new ConnectionFault(
                        what, packet.direction(), packet.packetType(), packet.nth(), (packet.length() + 1) / 2))
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

    private static List<ConnectionLossRun> hold(
            List<ConnectionFault> places, ConnectionLossRun.BusFactory maker, int atOnce, Duration limit)
            throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(atOnce);
        try {
            List<Future<ConnectionLossRun>> under = new ArrayList<>();
            for (ConnectionFault place : places) {
                under.add(threads.submit(() -> ConnectionLossRun.run(maker, name(), place, broker, witness, limit)));
            }
            List<ConnectionLossRun> talks = new ArrayList<>();
            for (Future<ConnectionLossRun> each : under) {
                talks.add(each.get());
            }
            return talks;
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

    private static ConnectionLossRun.BusFactory ours(Timeouts patience) {
        return (broker, name, status) -> new HiveMqBus(
                List.of(broker),
                Identity.NONE,
                name,
                status,
                new ManualClock(),
                TimeScale.REAL_TIME,
                new Backoff(Duration.ofMillis(10), Duration.ofMillis(50), Math::random),
                patience);
    }
}
