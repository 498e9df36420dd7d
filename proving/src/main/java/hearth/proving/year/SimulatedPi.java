package hearth.proving.year;

import hearth.common.message.CommonTopics;
import hearth.common.mqtt.Bus;
import hearth.common.runtime.ConfiguredNode;
import hearth.common.runtime.NodeAssembly;
import hearth.common.runtime.NodePlatform;
import hearth.common.runtime.NodeStorage;
import hearth.common.runtime.NodeType;
import hearth.common.runtime.Timers;
import hearth.common.runtime.WallClock;
import hearth.common.store.StateStore;
import hearth.proving.journal.JournalEvent;
import hearth.proving.journal.JournalEvent.Booted;
import hearth.proving.journal.JournalEvent.PowerCut;
import hearth.proving.replay.DeviceRecorder;
import hearth.testkit.TestNodes;
import hearth.testkit.VirtualTimers;
import hearth.testkit.disk.CrashingDisk;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One device's computer: what is wired to it, its disk, its power, and the device's own program on it. */
final class SimulatedPi<C> {

    /** A write to an SD card, synced. What is cut off meanwhile is not there. */
    static final Duration DISK_WRITE_TIME = Duration.ofMillis(20);

    private static final Duration RESTART_DELAY = Duration.ofSeconds(5);

    private final String name;
    private final NodeType<C> nodeType;
    private final List<String> settings;
    private final SimulatedBoard board;
    private final SimulatedSdCard disk = new SimulatedSdCard();
    private final CrashingDisk otherFiles = new CrashingDisk();
    private final SimulationContext simulation;
    private final WallClock wallClock;
    private final DeviceInterceptor interceptor;
    private final Random random;
    private VirtualTimers.@Nullable Machine machine;
    private Duration clockOffset = Duration.ZERO;
    private Predicate<JournalEvent> powerCutTrigger = event -> false;
    private Duration powerCutDelay = Duration.ZERO;

    SimulatedPi(
            String name,
            NodeType<C> nodeType,
            List<String> settings,
            SimulatedBoard board,
            SimulationContext world,
            WallClock wallClock,
            DeviceInterceptor tampering) {
        this.name = name;
        this.nodeType = nodeType;
        this.settings = List.copyOf(settings);
        this.board = board;
        this.simulation = world;
        this.wallClock = wallClock;
        this.interceptor = tampering;
        this.random = world.randomFor("boots of " + name);
    }

    String name() {
        return name;
    }

    SimulatedSdCard disk() {
        return disk;
    }

    SimulatedBoard board() {
        return board;
    }

    /** How far the clock will be off from the next boot on. */
    void clockOffset(Duration off) {
        clockOffset = off;
    }

    /** The next event like this is followed by a power cut, so long after. */
    void cutPowerAfter(Predicate<JournalEvent> event, Duration wait) {
        powerCutTrigger = event;
        powerCutDelay = wait;
    }

    /** The thread of this name is stuck until then. */
    void blockThread(String thread, Duration wait) {
        if (machine != null) {
            machine.blockThread(thread, simulation.now().plus(wait));
        }
    }

    boolean isOn() {
        return machine != null;
    }

    void powerOn() {
        if (machine != null) {
            return;
        }
        VirtualTimers.Machine booting = simulation.timers().machine(clockOffset);
        machine = booting;
        booting.delayWorker("keeper", DISK_WRITE_TIME);
        String id = String.format("%08x", random.nextInt());
        StateStore.SavedState saved = disk.read();
        simulation.record(name, new Booted(id, clockOffset.toMillis(), saved.damaged(), saved.entries(), settings));

        DeviceRecorder recorder = new DeviceRecorder(
                event -> record(event, booting),
                SimulationContext.PREFIX + "/",
                SimulationContext.BEGIN.plus(clockOffset));
        String status = CommonTopics.STATUS.of(SimulationContext.PREFIX, name);
        Bus line = simulation.network().wrap(simulation.broker().bus(name, status, booting.clock()), booting);
        Bus bus = interceptor.bus(name, recorder.recording(line));
        Timers timers = interceptor.timers(name, booting);
        StateStore state = interceptor.store(name, recorder.recording(disk));
        NodePlatform platform = TestNodes.platform(
                interceptor.hal(name, recorder.recording(board), timers),
                bus,
                timers,
                recorder.recording(wallClock),
                TestNodes.storage(name, state, NodeStorage.in(otherFiles.path("/hearth"))),
                id);
        booting.run(NodeAssembly.of(configured(), platform).node(), this::onCrash);
        bus.connect(Duration.ZERO);
        simulation.broker().plugIn(name);
    }

    /** Between two moments all is over. The outputs fall off, by the board's pull or by the unit's hook. */
    void cutPower() {
        if (machine != null) {
            machine.cutPower();
            machine = null;
            board.losePower();
            simulation.record(name, new PowerCut());
            simulation.broker().unplug(name);
        }
    }

    /** A relay that does not open is the one thing that may end a process; anything else is a bug. */
    private void onCrash(RuntimeException why) {
        if (!(why instanceof UncheckedIOException)) {
            throw new IllegalStateException(name + " died of a bug after " + simulation.elapsed(), why);
        }
        cutPower();
        simulation.after(RESTART_DELAY, this::powerOn);
    }

    private void record(JournalEvent event, VirtualTimers.Machine by) {
        if (by != machine) {
            return; // What a dead machine still had under way.
        }
        simulation.record(name, event);
        if (powerCutTrigger.test(event)) {
            powerCutTrigger = other -> false;
            simulation.after(powerCutDelay, () -> {
                if (by == machine) {
                    cutPower();
                    simulation.after(RESTART_DELAY, this::powerOn);
                }
            });
        }
    }

    private ConfiguredNode<C> configured() {
        return TestNodes.configured(
                nodeType, name, interceptor.settings(name, settings).toArray(String[]::new));
    }
}
