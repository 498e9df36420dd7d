package hearth.proving;

import hearth.common.message.CommonTopics;
import hearth.common.mqtt.HiveMqBus;
import hearth.common.mqtt.Identity;
import hearth.common.mqtt.NodeBus;
import hearth.common.runtime.Node;
import hearth.common.runtime.NodeAssembly;
import hearth.common.runtime.NodeStorage;
import hearth.common.runtime.NodeType;
import hearth.common.runtime.RealTimers;
import hearth.common.value.TimeScale;
import hearth.testkit.MemoryHal;
import hearth.testkit.TestNodes;
import hearth.testkit.bus.Mosquitto;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whole nodes on a real broker, each with its own thread. */
final class RealBrokerRig {

    private static final String PREFIX = "home";
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final Path stateFolder;
    private final Mosquitto broker;
    private final Map<String, RealNode> running = new HashMap<>();

    private record RealNode(Thread loop, HiveMqBus bus, NodeBus nodeBus) {}

    RealBrokerRig(Path stateFolder, Mosquitto broker) {
        this.stateFolder = stateFolder;
        this.broker = broker;
    }

    /** Starts a node; returns when it is online. */
    <C> MemoryHal start(NodeType<C> nodeType, String name, String... settings) {
        MemoryHal hal = new MemoryHal();
        RealTimers timers = new RealTimers(TimeScale.REAL_TIME);
        HiveMqBus bus = new HiveMqBus(
                List.of(broker.url()),
                Identity.NONE,
                name,
                CommonTopics.STATUS.of(PREFIX, name),
                timers.clock(),
                TimeScale.REAL_TIME);
        NodeAssembly assembly = NodeAssembly.of(
                TestNodes.configured(nodeType, name, settings),
                TestNodes.platform(hal, bus, timers, NodeStorage.in(stateFolder), "boot1"));
        Node<?, ?> node = assembly.node();
        Thread loop = new Thread(() -> node.run(TimeScale.REAL_TIME, () -> {}), name);
        loop.setDaemon(true);
        loop.start();
        running.put(name, new RealNode(loop, bus, assembly.bus()));
        if (!bus.connect(TIMEOUT)) {
            throw new AssertionError(name + " is not online");
        }
        return hal;
    }

    long rejected(String name) {
        return running.get(name).nodeBus.rejected();
    }

    long connections(String name) {
        return running.get(name).nodeBus.counts().connections();
    }

    /** Ends all nodes. */
    void stopAll() throws InterruptedException {
        for (RealNode each : running.values()) {
            each.loop.interrupt();
            each.loop.join();
            each.bus.disconnect(Duration.ofSeconds(2));
        }
    }
}
