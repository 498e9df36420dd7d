package hearth.proving;

import hearth.common.message.CommonTopics;
import hearth.common.mqtt.HiveMqBus;
import hearth.common.mqtt.Identity;
import hearth.common.mqtt.NodeBus;
import hearth.common.runtime.Node;
import hearth.common.runtime.NodeContext;
import hearth.common.runtime.NodeType;
import hearth.common.runtime.RealTimers;
import hearth.common.runtime.StateWriter;
import hearth.common.runtime.WallClock;
import hearth.common.settings.BadSettings;
import hearth.common.settings.Settings;
import hearth.common.store.StateFile;
import hearth.common.value.TimeScale;
import hearth.testkit.MemoryHal;
import hearth.testkit.bus.Mosquitto;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Several nodes, put together as their programs are, each on its own thread and on a real broker. */
final class RealBrokerRig {

    private static final String PREFIX = "home";
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final Path stateFolder;
    private final Mosquitto broker;
    private final Map<String, RealNode> running = new HashMap<>();

    private record RealNode(Thread loop, HiveMqBus bus, NodeBus nodeBus) {}

    RealBrokerRig(Path memories, Mosquitto broker) {
        this.stateFolder = memories;
        this.broker = broker;
    }

    /** Starts a node; returns when it is online. */
    <C> MemoryHal start(NodeType<C> nodeType, String name, String... settings) throws BadSettings {
        MemoryHal hal = new MemoryHal();
        RealTimers timers = new RealTimers(TimeScale.REAL_TIME);
        HiveMqBus bus = new HiveMqBus(
                List.of(broker.url()),
                Identity.NONE,
                name,
                CommonTopics.STATUS.of(PREFIX, name),
                timers.clock(),
                TimeScale.REAL_TIME);
        NodeBus nodeBus = new NodeBus(bus, PREFIX, name, timers.clock(), TimeScale.REAL_TIME);
        NodeContext context = new NodeContext(
                hal,
                nodeBus,
                timers,
                WallClock.simulated(timers.clock(), ZoneOffset.UTC),
                new StateWriter(new StateFile(stateFolder, name), timers),
                "boot1",
                new AtomicLong());
        Node<?, ?> node = nodeType.assemble(
                Settings.of("test.conf", String.join("\n", settings)).check(nodeType::readSettings), context);
        Thread loop = new Thread(() -> node.run(TimeScale.REAL_TIME, () -> {}), name);
        loop.setDaemon(true);
        loop.start();
        running.put(name, new RealNode(loop, bus, nodeBus));
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

    /** Everybody goes to sleep. */
    void stopAll() throws InterruptedException {
        for (RealNode each : running.values()) {
            each.loop.interrupt();
            each.loop.join();
            each.bus.disconnect(Duration.ofSeconds(2));
        }
    }
}
