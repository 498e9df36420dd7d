package hearth.proving;

import hearth.common.core.CommandLog;
import hearth.common.message.CommonTopics;
import hearth.common.mqtt.Bus;
import hearth.common.mqtt.CommandPolicy;
import hearth.common.mqtt.MemoryBroker;
import hearth.common.mqtt.NodeBus;
import hearth.common.mqtt.SignedCommandPolicy;
import hearth.common.runtime.Node;
import hearth.common.runtime.NodeContext;
import hearth.common.runtime.NodeType;
import hearth.common.runtime.StateWriter;
import hearth.common.runtime.WallClock;
import hearth.common.settings.BadSettings;
import hearth.common.settings.Settings;
import hearth.common.store.StateFile;
import hearth.common.store.StateStore;
import hearth.common.value.TimeScale;
import hearth.testkit.MemoryHal;
import hearth.testkit.VirtualTimers;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** Several nodes, put together as their programs are, on one broker in memory and in virtual time. */
final class VirtualNodes {

    static final String PREFIX = "home";

    private final Function<String, StateStore> stores;
    private final VirtualTimers timers = new VirtualTimers(Instant.parse("2030-01-01T08:00:00Z"));
    private final MemoryBroker broker = new MemoryBroker(timers.clock(), TimeScale.REAL_TIME, timers.worker("broker"));
    private final Map<String, VirtualNode> running = new HashMap<>();
    private List<PublicKey> authorizedKeys = List.of();
    private WallClock wallClock = WallClock.simulated(timers.clock(), ZoneOffset.UTC);
    private int boots;

    private record VirtualNode(VirtualTimers.Machine machine, NodeBus nodeBus) {}

    VirtualNodes(Path folder) {
        this(name -> new StateFile(folder, name));
    }

    /** @param memories of each node by its name, what its disk keeps */
    VirtualNodes(Function<String, StateStore> memories) {
        this.stores = memories;
        timers.every("broker", Duration.ofSeconds(1), broker::expireMessages);
    }

    /** Whoever is started from now on obeys these alone. */
    VirtualNodes authorizing(PublicKey... keys) {
        authorizedKeys = List.of(keys);
        return this;
    }

    /** Nobody has told the time to whoever is started from now on. */
    VirtualNodes withoutWallClock() {
        wallClock = Optional::empty;
        return this;
    }

    /** Starts a node, or starts it again after {@link #powerCut}. */
    <C> MemoryHal start(NodeType<C> nodeType, String name, String... settings) {
        return start(nodeType, Duration.ZERO, name, settings);
    }

    /** @param ahead how far the clock of its machine is off; may be negative */
    <C> MemoryHal start(NodeType<C> nodeType, Duration ahead, String name, String... settings) {
        MemoryHal hal = new MemoryHal();
        VirtualTimers.Machine machine = timers.machine(ahead);
        Bus bus = broker.bus(name, CommonTopics.STATUS.of(PREFIX, name), machine.clock());
        NodeBus nodeBus = new NodeBus(bus, PREFIX, name, machine.clock(), TimeScale.REAL_TIME, commandPolicy(machine));
        NodeContext context = new NodeContext(
                hal,
                nodeBus,
                machine,
                WallClock.simulated(machine.clock(), ZoneOffset.UTC),
                new StateWriter(stores.apply(name), machine),
                "boot" + boots++,
                new AtomicLong());
        Node<?, ?> node = nodeType.assemble(read(nodeType, settings), context);
        running.put(name, new VirtualNode(machine, nodeBus));
        machine.run(node);
        bus.connect(Duration.ZERO);
        broker.plugIn(name);
        advance(Duration.ofSeconds(1));
        return hal;
    }

    /** The node is gone between two moments; the broker finds out. */
    void powerCut(String name) {
        running.remove(name).machine.cutPower();
        broker.unplug(name);
    }

    /** The node's loop is caught in a turn for so long. */
    void blockLoop(String name, Duration time) {
        running.get(name).machine.blockLoop(now().plus(time));
    }

    /** Commands that the node refused before its controller saw them. */
    long rejected(String name) {
        return running.get(name).nodeBus.rejected();
    }

    /** Connections that the node has had. */
    long connections(String name) {
        return running.get(name).nodeBus.counts().connections();
    }

    void advance(Duration time) {
        timers.advance(time);
    }

    MemoryBroker broker() {
        return broker;
    }

    Instant now() {
        return timers.clock().instant();
    }

    private CommandPolicy commandPolicy(VirtualTimers.Machine machine) {
        return authorizedKeys.isEmpty()
                ? CommandPolicy.ALLOW_ALL
                : new SignedCommandPolicy(
                        authorizedKeys,
                        CommandLog.MAX_SAVED,
                        () -> wallClock.now().map(ZonedDateTime::toInstant),
                        machine.clock());
    }

    private static <C> C read(NodeType<C> nodeType, String... settings) {
        try {
            return Settings.of("test.conf", String.join("\n", settings)).check(nodeType::readSettings);
        } catch (BadSettings e) {
            throw new AssertionError(e);
        }
    }
}
