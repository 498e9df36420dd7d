package hearth.common.mqtt;

import static java.util.stream.Collectors.joining;

import hearth.testkit.ManualClock;
import hearth.testkit.bus.ConnectionFault;
import hearth.testkit.bus.ConnectionFaultInjector;
import hearth.testkit.bus.MessageLog;
import hearth.testkit.bus.MinimalNode;
import hearth.testkit.bus.Mosquitto;
import hearth.testkit.bus.ProxiedPacket;
import hearth.testkit.bus.ReferenceClient;
import hearth.testkit.bus.TcpProxy;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * One exchange of a {@link MinimalNode} with its owner, which uses all kinds of messages, and a record of it. The node
 * comes online and publishes two states (QoS 1 and 0), receives three commands (QoS 1, QoS 2, and a malformed one) and
 * publishes results, announces (QoS 0, 1, 2, and one that is expired), changes its states, and disconnects.
 */
final class ConnectionLossRun {

    /** Creates the bus under test. */
    interface BusFactory {
        Bus create(URI broker, String clientId, String statusTopic);
    }

    /** The fate of a message. */
    enum MessageFate {
        DONE,
        REJECTED,
        EXPIRED,
        SUPERSEDED,
        /** Sent once, with QoS 0, and not received. */
        GONE,
        LOST
    }

    private static final List<String> ANSWERS = List.of("result k1 done", "result k2 done", "result k3 rejected");
    private static final List<String> NEWS = List.of("a1 y", "a2 z", "t 2", "m 2");
    private static final Set<String> EXPECTED = Set.of(
            "status online",
            "status offline",
            "t 1",
            "m 1",
            "t 2",
            "m 2",
            "a0 x",
            "a1 y",
            "a2 z",
            ANSWERS.get(0),
            ANSWERS.get(1),
            ANSWERS.get(2));
    private static final Duration GOODBYE = Duration.ofSeconds(2);
    private static final Duration NO_ANSWER = Duration.ofMillis(500);

    private final ConnectionFault fault;
    private final ConnectionFaultInjector injector;
    private final MessageLog log;
    private final MinimalNode node;
    private final long deadline;
    private long doneAtNanos;
    private long overAtNanos;

    private ConnectionLossRun(
            ConnectionFault mishap,
            ConnectionFaultInjector trouble,
            MessageLog account,
            MinimalNode device,
            Duration limit) {
        this.fault = mishap;
        this.injector = trouble;
        this.log = account;
        this.node = device;
        this.deadline = System.nanoTime() + limit.toNanos();
    }

    /** @param limit messages not received by then are missing */
    static ConnectionLossRun run(
            BusFactory maker,
            String name,
            ConnectionFault mishap,
            Mosquitto broker,
            ReferenceClient witness,
            Duration limit)
            throws Exception {
        ConnectionFaultInjector trouble = new ConnectionFaultInjector(mishap, () -> witness.clearSession(name));
        ConnectionLossRun talk;
        try (TcpProxy cable = new TcpProxy(broker.port(), trouble)) {
            Bus bus = maker.create(cable.url(), name, ReferenceClient.PREFIX + "/" + name + "/status");
            InstantSource clock = new ManualClock();
            MessageLog account = witness.log(name);
            talk = new ConnectionLossRun(mishap, trouble, account, new MinimalNode(bus, name, clock), limit);
            talk.run(bus, name, witness, clock);
            bus.disconnect(GOODBYE);
        }
        talk.log.await(heard -> heard.last("status").equals("status offline"), talk.left());
        talk.overAtNanos = System.nanoTime();
        return talk;
    }

    private void run(Bus bus, String name, ReferenceClient witness, InstantSource clock) throws Exception {
        node.publishState("t", 1, "1");
        node.publishState("m", 0, "1");
        bus.connect(Duration.ZERO);
        log.await(heard -> heard.count("status online") > 0, left());

        ask(witness, name);
        if (fault.faultKind() == ConnectionFault.ConnectionFaultKind.FORGET) {
            // A broker that lost the session lost its queued commands: without a result, the owner sends again, with
            // the same id.
            while (!log.await(heard -> heard.messages().containsAll(ANSWERS), NO_ANSWER) && !left().isZero()) {
                ask(witness, name);
            }
        }
        log.await(heard -> heard.messages().containsAll(ANSWERS), left());

        node.announce("a0", 0, "x", Instant.MAX);
        node.announce("a1", 1, "y", Instant.MAX);
        node.announce("a2", 2, "z", Instant.MAX);
        node.announce("old", 1, "o", clock.instant());
        node.publishState("t", 1, "2");
        node.publishState("m", 0, "2");
        log.await(heard -> heard.messages().containsAll(NEWS), left());
        try {
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(2))
                    .atMost(left().plusMillis(10))
                    .until(() -> node.settled().size() == 4);
        } catch (ConditionTimeoutException e) {
            // It is recorded.
        }
        doneAtNanos = System.nanoTime();
    }

    private static void ask(ReferenceClient witness, String name) throws Exception {
        witness.publish(name, MinimalNode.QOS1_COMMAND.name(), 1, "{\"id\":\"k1\",\"value\":1}");
        witness.publish(name, MinimalNode.QOS2_COMMAND.name(), 2, "{\"id\":\"k2\",\"value\":1}");
        witness.publish(name, MinimalNode.QOS1_COMMAND.name(), 1, "{\"id\":\"k3\"}");
    }

    /** Whether the exchange reached the place of its fault. */
    boolean hasHappened() {
        return injector.hasHappened();
    }

    List<ProxiedPacket> packets() {
        return injector.packets();
    }

    /** The time from the fault until nothing was missing; a fault at the disconnect ends with {@code offline}. */
    Duration recovery() {
        if (!injector.hasHappened()) {
            return Duration.ZERO;
        }
        long until = doneAtNanos > injector.happenedAtNanos() ? doneAtNanos : overAtNanos;
        return Duration.ofNanos(until - injector.happenedAtNanos());
    }

    /** Every message by its id, with its fate. */
    Map<String, MessageFate> fates() {
        Map<String, MessageFate> fates = new LinkedHashMap<>();
        Stream.of("t", "m").forEach(state -> {
            fates.put(state + " 1", heard(state + " 1") ? MessageFate.DONE : MessageFate.SUPERSEDED);
            fates.put(state + " 2", log.last(state).equals(state + " 2") ? MessageFate.DONE : MessageFate.LOST);
        });
        fates.put("a0", heard("a0 x") ? MessageFate.DONE : MessageFate.GONE);
        fates.put("a1", heard("a1 y") ? MessageFate.DONE : MessageFate.LOST);
        fates.put("a2", heard("a2 z") ? MessageFate.DONE : MessageFate.LOST);
        fates.put("old", node.settled().contains("old false") ? MessageFate.EXPIRED : MessageFate.LOST);
        Stream.of("k1", "k2")
                .forEach(id -> fates.put(id, node.executedIds().contains(id) ? MessageFate.DONE : MessageFate.LOST));
        fates.put("k3", heard(ANSWERS.get(2)) ? MessageFate.REJECTED : MessageFate.LOST);
        ANSWERS.forEach(answer -> fates.put(answer, heard(answer) ? MessageFate.DONE : MessageFate.LOST));
        fates.put("offline", log.last("status").equals("status offline") ? MessageFate.DONE : MessageFate.LOST);
        return fates;
    }

    /** Commands that were executed more than once. */
    int executedTwice() {
        return node.executedIds().size() - Set.copyOf(node.executedIds()).size();
    }

    /** Messages that were received more than once, by their ids. States are published again on purpose. */
    int receivedTwice() {
        List<String> once = log.messages().stream()
                .filter(what -> what.startsWith("a") || what.startsWith("result"))
                .toList();
        return once.size()
                - Set.copyOf(once).size()
                + node.receivedIds().size()
                - Set.copyOf(node.receivedIds()).size();
    }

    /** Messages that were received but never sent. */
    Set<String> unexpected() {
        Set<String> unexpected = new HashSet<>(log.messages());
        unexpected.removeAll(EXPECTED);
        return unexpected;
    }

    /** The outcomes that the sender of announcements received. */
    List<String> settled() {
        return node.settled().stream().sorted().toList();
    }

    /** For the analysis of a failure. */
    @Override
    public String toString() {
        return fault + "\n  heard " + log.messages() + "\n  told " + node.receivedIds() + ", settled "
                + node.settled()
                + "\n  packets "
                + injector.packets().stream()
                        .map(packet -> (packet.direction() == ConnectionFault.Direction.TO_BROKER ? ">" : "<")
                                + packet.packetType())
                        .collect(joining(" "));
    }

    private boolean heard(String what) {
        return log.count(what) > 0;
    }

    private Duration left() {
        return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    }
}
