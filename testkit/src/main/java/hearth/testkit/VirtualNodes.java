package hearth.testkit;

import hearth.common.message.CommonTopics;
import hearth.common.mqtt.Bus;
import hearth.common.mqtt.MemoryBroker;
import hearth.common.runtime.ConfiguredNode;
import hearth.common.runtime.NodeAssembly;
import hearth.common.runtime.NodeSettings;
import hearth.common.runtime.NodeStorage;
import hearth.common.runtime.NodeType;
import hearth.common.runtime.WallClock;
import hearth.common.value.TimeScale;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whole nodes on a broker in memory, in virtual time. */
public final class VirtualNodes {

    private final NodeStorage storage;
    private final VirtualTimers timers = new VirtualTimers(Instant.parse("2030-01-01T08:00:00Z"));
    private final MemoryBroker broker = new MemoryBroker(timers.clock(), TimeScale.REAL_TIME, timers.worker("broker"));
    private final Map<String, VirtualNode> running = new HashMap<>();
    private List<PublicKey> authorizedKeys = List.of();
    private boolean wallClockKnown = true;
    private int boots;

    private record VirtualNode(VirtualTimers.Machine machine, NodeAssembly assembly) {}

    public VirtualNodes(Path folder) {
        this(NodeStorage.in(folder));
    }

    /** @param storage shared by all nodes */
    public VirtualNodes(NodeStorage storage) {
        this.storage = storage;
        timers.every("broker", Duration.ofSeconds(1), broker::expireMessages);
    }

    /** Nodes that start from now on accept only commands signed with one of these keys. */
    public VirtualNodes authorizing(PublicKey... keys) {
        authorizedKeys = List.of(keys);
        return this;
    }

    /** Nodes that start from now on have no synchronised wall clock. */
    public VirtualNodes withoutWallClock() {
        wallClockKnown = false;
        return this;
    }

    /** Starts a node on a board of its own, or starts it again after {@link #powerCut}. Takes a second. */
    public <C> MemoryHal start(NodeType<C> type, String name, String... settings) {
        return start(type, Duration.ZERO, name, settings);
    }

    /** @param clockAhead how far the clock of the node's machine is ahead of the broker's; may be negative */
    public <C> MemoryHal start(NodeType<C> type, Duration clockAhead, String name, String... settings) {
        MemoryHal hal = new MemoryHal();
        VirtualTimers.Machine machine = timers.machine(clockAhead);
        ConfiguredNode<C> configured = configured(type, name, settings);
        String status = CommonTopics.STATUS.of(configured.common().prefix(), name);
        Bus bus = broker.bus(name, status, machine.clock());
        WallClock wallClock = wallClockKnown ? WallClock.simulated(machine.clock(), ZoneOffset.UTC) : Optional::empty;
        NodeAssembly assembly = NodeAssembly.of(
                configured, TestNodes.platform(hal, bus, machine, wallClock, storage, "boot" + boots++));
        running.put(name, new VirtualNode(machine, assembly));
        machine.run(assembly.node());
        bus.connect(Duration.ZERO);
        broker.plugIn(name);
        advance(Duration.ofSeconds(1));
        return hal;
    }

    /** The node's machine stops between two instants; the broker notices. */
    public void powerCut(String name) {
        running.remove(name).machine.cutPower();
        broker.unplug(name);
    }

    /** The node's loop makes no pass for this time. */
    public void blockLoop(String name, Duration time) {
        running.get(name).machine.blockLoop(now().plus(time));
    }

    /** The number of commands that the node refused before its controller received them. */
    public long rejected(String name) {
        return running.get(name).assembly.bus().rejected();
    }

    /** The number of connections to the broker since the node's start. */
    public long connections(String name) {
        return running.get(name).assembly.bus().counts().connections();
    }

    public void advance(Duration time) {
        timers.advance(time);
    }

    public MemoryBroker broker() {
        return broker;
    }

    public Instant now() {
        return timers.clock().instant();
    }

    private <C> ConfiguredNode<C> configured(NodeType<C> type, String name, String... settings) {
        ConfiguredNode<C> configured = TestNodes.configured(type, name, settings);
        NodeSettings common = configured.common();
        return new ConfiguredNode<>(
                type,
                new NodeSettings(
                        name,
                        common.brokers(),
                        common.identity(),
                        authorizedKeys,
                        common.prefix(),
                        common.discovery(),
                        common.stateFolder()),
                configured.device());
    }
}
