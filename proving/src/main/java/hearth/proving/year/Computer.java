package hearth.proving.year;

import hearth.common.message.CommonTopics;
import hearth.common.mqtt.Bus;
import hearth.common.mqtt.NodeBus;
import hearth.common.runtime.Node;
import hearth.common.runtime.NodeContext;
import hearth.common.runtime.NodeType;
import hearth.common.runtime.StateWriter;
import hearth.common.runtime.Timers;
import hearth.common.runtime.WallClock;
import hearth.common.settings.BadSettings;
import hearth.common.settings.Settings;
import hearth.common.store.StateStore;
import hearth.common.value.TimeScale;
import hearth.proving.journal.Event;
import hearth.proving.journal.Event.Booted;
import hearth.proving.journal.Event.PowerCut;
import hearth.proving.replay.Skin;
import hearth.testkit.VirtualTimers;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One device's computer: what is wired to it, its disk, its power, and the device's own program on it. */
final class Computer<C> {

    /** A write to an SD card, synced. What is cut off meanwhile is not there. */
    static final Duration DISK_TAKES = Duration.ofMillis(20);

    private static final Duration STARTED_AGAIN_AFTER = Duration.ofSeconds(5);

    private final String name;
    private final NodeType<C> nodeType;
    private final List<String> settings;
    private final Board board;
    private final Disk disk = new Disk();
    private final World world;
    private final WallClock wallClock;
    private final Tampering tampering;
    private final Random random;
    private VirtualTimers.@Nullable Machine machine;
    private Duration clockOff = Duration.ZERO;
    private Predicate<Event> trap = event -> false;
    private Duration trapWaits = Duration.ZERO;

    Computer(
            String name,
            NodeType<C> nodeType,
            List<String> settings,
            Board board,
            World world,
            WallClock wallClock,
            Tampering tampering) {
        this.name = name;
        this.nodeType = nodeType;
        this.settings = List.copyOf(settings);
        this.board = board;
        this.world = world;
        this.wallClock = wallClock;
        this.tampering = tampering;
        this.random = world.chance("boots of " + name);
    }

    String name() {
        return name;
    }

    Disk disk() {
        return disk;
    }

    Board board() {
        return board;
    }

    /** How far the clock will be off from the next boot on. */
    void clockOff(Duration off) {
        clockOff = off;
    }

    /** The next event like this is followed by a power cut, so long after. */
    void cutPowerAfter(Predicate<Event> event, Duration wait) {
        trap = event;
        trapWaits = wait;
    }

    /** The thread of this name is stuck until then. */
    void stick(String thread, Duration wait) {
        if (machine != null) {
            machine.blockThread(thread, world.now().plus(wait));
        }
    }

    boolean isOn() {
        return machine != null;
    }

    void powerOn() {
        if (machine != null) {
            return;
        }
        VirtualTimers.Machine booting = world.timers().machine(clockOff);
        machine = booting;
        booting.delayWorker("keeper", DISK_TAKES);
        String id = String.format("%08x", random.nextInt());
        StateStore.SavedState saved = disk.read();
        world.note(name, new Booted(id, clockOff.toMillis(), saved.damaged(), saved.entries(), settings));

        Skin skin = new Skin(event -> note(event, booting), World.PREFIX + "/", World.BEGIN.plus(clockOff));
        String status = CommonTopics.STATUS.of(World.PREFIX, name);
        Bus line = world.network().around(world.broker().bus(name, status, booting.clock()), booting);
        Bus bus = tampering.bus(name, skin.around(line));
        Timers timers = tampering.timers(name, booting);
        NodeContext context = new NodeContext(
                tampering.hal(name, skin.around(board), timers),
                new NodeBus(bus, World.PREFIX, name, booting.clock(), TimeScale.REAL_TIME),
                timers,
                skin.around(wallClock),
                new StateWriter(tampering.store(name, skin.around(disk)), booting),
                id,
                new AtomicLong());
        Node<?, ?> node = nodeType.assemble(read(), context);
        booting.run(node, this::died);
        bus.connect(Duration.ZERO);
        world.broker().plugIn(name);
    }

    /** Between two moments all is over. The outputs fall off, by the board's pull or by the unit's hook. */
    void cutPower() {
        if (machine != null) {
            machine.cutPower();
            machine = null;
            board.losePower();
            world.note(name, new PowerCut());
            world.broker().unplug(name);
        }
    }

    /** A relay that does not open is the one thing that may end a process; anything else is a bug. */
    private void died(RuntimeException why) {
        if (!(why instanceof UncheckedIOException)) {
            throw new IllegalStateException(name + " died of a bug after " + world.age(), why);
        }
        cutPower();
        world.after(STARTED_AGAIN_AFTER, this::powerOn);
    }

    private void note(Event event, VirtualTimers.Machine by) {
        if (by != machine) {
            return; // What a dead machine still had under way.
        }
        world.note(name, event);
        if (trap.test(event)) {
            trap = other -> false;
            world.after(trapWaits, () -> {
                if (by == machine) {
                    cutPower();
                    world.after(STARTED_AGAIN_AFTER, this::powerOn);
                }
            });
        }
    }

    private C read() {
        String text = String.join("\n", tampering.settings(name, settings));
        try {
            return Settings.of(name + ".conf", text).check(nodeType::readSettings);
        } catch (BadSettings e) {
            throw new IllegalStateException(e.problems().toString(), e);
        }
    }
}
