package hearth.simulator;

import hearth.common.hal.MemoryHal;
import hearth.common.message.Common;
import hearth.common.mqtt.Conversation;
import hearth.common.mqtt.HiveMqBus;
import hearth.common.mqtt.Identity;
import hearth.common.mqtt.Mosquitto;
import hearth.common.runtime.Device;
import hearth.common.runtime.Keeper;
import hearth.common.runtime.Node;
import hearth.common.runtime.RealTimers;
import hearth.common.runtime.Site;
import hearth.common.runtime.WallClock;
import hearth.common.settings.BadSettings;
import hearth.common.settings.Settings;
import hearth.common.store.StateFile;
import hearth.common.value.Pace;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Several nodes, put together as their programs are, each on its own thread and on a real broker. */
final class RealHouse {

    private static final String PREFIX = "home";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path memories;
    private final Mosquitto broker;
    private final Map<String, Running> running = new HashMap<>();

    private record Running(Thread loop, HiveMqBus bus, Conversation conversation) {}

    RealHouse(Path memories, Mosquitto broker) {
        this.memories = memories;
        this.broker = broker;
    }

    /** Starts a node; returns when it is online. */
    <C> MemoryHal start(Device<C> device, String name, String... settings) throws BadSettings {
        MemoryHal hal = new MemoryHal();
        RealTimers timers = new RealTimers(Pace.REAL);
        HiveMqBus bus = new HiveMqBus(
                List.of(broker.url()), Identity.NONE, name, Common.STATUS.of(PREFIX, name), timers.clock(), Pace.REAL);
        Conversation conversation = new Conversation(bus, PREFIX, name, timers.clock(), Pace.REAL);
        Site site = new Site(
                hal,
                conversation,
                timers,
                WallClock.simulated(timers.clock(), ZoneOffset.UTC),
                new Keeper(new StateFile(memories, name), timers),
                "boot1",
                new AtomicLong());
        Node<?, ?> node = device.assemble(
                Settings.of("test.conf", String.join("\n", settings)).check(device::read), site);
        Thread loop = new Thread(() -> node.run(Pace.REAL, () -> {}), name);
        loop.setDaemon(true);
        loop.start();
        running.put(name, new Running(loop, bus, conversation));
        if (!bus.connect(PATIENCE)) {
            throw new AssertionError(name + " is not online");
        }
        return hal;
    }

    long rejected(String name) {
        return running.get(name).conversation.rejected();
    }

    long connections(String name) {
        return running.get(name).conversation.counts().connections();
    }

    /** Everybody goes to sleep. */
    void lightsOut() throws InterruptedException {
        for (Running each : running.values()) {
            each.loop.interrupt();
            each.loop.join();
            each.bus.disconnect(Duration.ofSeconds(2));
        }
    }
}
