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

    private static final List<String> RESULTS = List.of("result k1 done", "result k2 done", "result k3 rejected");
    private static final List<String> CHANGES = List.of("a1 y", "a2 z", "t 2", "m 2");
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
            RESULTS.get(0),
            RESULTS.get(1),
            RESULTS.get(2));
    private static final Duration DISCONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration RESULT_TIMEOUT = Duration.ofMillis(500);

    private final ConnectionFault fault;
    private final ConnectionFaultInjector injector;
    private final MessageLog log;
    private final MinimalNode node;
    private final long deadline;
    private long doneAtNanos;
    private long overAtNanos;

    private ConnectionLossRun(
            ConnectionFault fault,
            ConnectionFaultInjector injector,
            MessageLog log,
            MinimalNode device,
            Duration limit) {
        this.fault = fault;
        this.injector = injector;
        this.log = log;
        this.node = device;
        this.deadline = System.nanoTime() + limit.toNanos();
    }

    /** @param limit messages not received by then are missing */
    static ConnectionLossRun run(
            BusFactory factory,
            String name,
            ConnectionFault fault,
            Mosquitto broker,
            ReferenceClient client,
            Duration limit)
            throws Exception {
        ConnectionFaultInjector injector = new ConnectionFaultInjector(fault, () -> client.clearSession(name));
        ConnectionLossRun run;
        try (TcpProxy proxy = new TcpProxy(broker.port(), injector)) {
            Bus bus = factory.create(proxy.url(), name, ReferenceClient.PREFIX + "/" + name + "/status");
            InstantSource clock = new ManualClock();
            MessageLog log = client.log(name);
            run = new ConnectionLossRun(fault, injector, log, new MinimalNode(bus, name, clock), limit);
            run.run(bus, name, client, clock);
            bus.disconnect(DISCONNECT_TIMEOUT);
        }
        run.log.await(received -> received.last("status").equals("status offline"), run.left());
        run.overAtNanos = System.nanoTime();
        return run;
    }

    private void run(Bus bus, String name, ReferenceClient client, InstantSource clock) throws Exception {
        node.publishState("t", 1, "1");
        node.publishState("m", 0, "1");
        bus.connect(Duration.ZERO);
        log.await(received -> received.count("status online") > 0, left());

        sendCommands(client, name);
        if (fault.faultKind() == ConnectionFault.ConnectionFaultKind.FORGET) {
            // A broker that lost the session lost its queued commands: without a result, the owner sends again, with
            // the same id.
            while (!log.await(received -> received.messages().containsAll(RESULTS), RESULT_TIMEOUT)
                    && !left().isZero()) {
                sendCommands(client, name);
            }
        }
        log.await(received -> received.messages().containsAll(RESULTS), left());

        node.announce("a0", 0, "x", Instant.MAX);
        node.announce("a1", 1, "y", Instant.MAX);
        node.announce("a2", 2, "z", Instant.MAX);
        node.announce("old", 1, "o", clock.instant());
        node.publishState("t", 1, "2");
        node.publishState("m", 0, "2");
        log.await(received -> received.messages().containsAll(CHANGES), left());
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

    private static void sendCommands(ReferenceClient client, String name) throws Exception {
        client.publish(name, MinimalNode.QOS1_COMMAND.name(), 1, "{\"id\":\"k1\",\"value\":1}");
        client.publish(name, MinimalNode.QOS2_COMMAND.name(), 2, "{\"id\":\"k2\",\"value\":1}");
        client.publish(name, MinimalNode.QOS1_COMMAND.name(), 1, "{\"id\":\"k3\"}");
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
        long end = doneAtNanos > injector.happenedAtNanos() ? doneAtNanos : overAtNanos;
        return Duration.ofNanos(end - injector.happenedAtNanos());
    }

    /** Every message by its id, with its fate. */
    Map<String, MessageFate> fates() {
        Map<String, MessageFate> fates = new LinkedHashMap<>();
        Stream.of("t", "m").forEach(state -> {
            fates.put(state + " 1", received(state + " 1") ? MessageFate.DONE : MessageFate.SUPERSEDED);
            fates.put(state + " 2", log.last(state).equals(state + " 2") ? MessageFate.DONE : MessageFate.LOST);
        });
        fates.put("a0", received("a0 x") ? MessageFate.DONE : MessageFate.GONE);
        fates.put("a1", received("a1 y") ? MessageFate.DONE : MessageFate.LOST);
        fates.put("a2", received("a2 z") ? MessageFate.DONE : MessageFate.LOST);
        fates.put("old", node.settled().contains("old false") ? MessageFate.EXPIRED : MessageFate.LOST);
        Stream.of("k1", "k2")
                .forEach(id -> fates.put(id, node.executedIds().contains(id) ? MessageFate.DONE : MessageFate.LOST));
        fates.put("k3", received(RESULTS.get(2)) ? MessageFate.REJECTED : MessageFate.LOST);
        RESULTS.forEach(answer -> fates.put(answer, received(answer) ? MessageFate.DONE : MessageFate.LOST));
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
                .filter(message -> message.startsWith("a") || message.startsWith("result"))
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
        return fault + "\n  received " + log.messages() + "\n  commands " + node.receivedIds() + ", settled "
                + node.settled()
                + "\n  packets "
                + injector.packets().stream()
                        .map(packet -> (packet.direction() == ConnectionFault.Direction.TO_BROKER ? ">" : "<")
                                + packet.packetType())
                        .collect(joining(" "));
    }

    private boolean received(String message) {
        return log.count(message) > 0;
    }

    private Duration left() {
        return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    }
}
