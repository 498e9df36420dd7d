package hearth.coffee;

import hearth.common.disk.CrashingDisk;
import hearth.common.disk.CrashingDisk.Remains;
import hearth.common.disk.PowerCut;
import hearth.common.disk.Steps;
import hearth.common.hal.MemoryHal;
import hearth.common.hal.Relay;
import hearth.common.message.Common;
import hearth.common.message.Result;
import hearth.common.message.Topic;
import hearth.common.mqtt.Bus;
import hearth.common.mqtt.Conversation;
import hearth.common.mqtt.MemoryBroker;
import hearth.common.mqtt.Subscription;
import hearth.common.runtime.Keeper;
import hearth.common.runtime.Site;
import hearth.common.runtime.VirtualTimers;
import hearth.common.runtime.WallClock;
import hearth.common.settings.BadSettings;
import hearth.common.settings.Settings;
import hearth.common.store.StateFile;
import hearth.common.store.Store;
import hearth.common.value.Pace;
import hearth.common.value.Pin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A coffee machine, put together as its program puts it together, with somebody who wants a cup, a broker in memory and
 * a disk in memory, in virtual time. Its power may be cut at one of its steps; then it is started again from what the
 * disk has kept, and whoever wanted a cup asks again, at once and once it may brew again.
 */
final class Kitchen {

    /** So that something can happen while a note is being written. */
    static final Duration DISK_TAKES = Duration.ofMillis(500);

    private static final Instant BEGIN = Instant.parse("2030-01-01T08:00:00Z");
    private static final Duration POWER_IS_OFF = Duration.ofSeconds(10);
    private static final Duration SAID_AGAIN = Duration.ofSeconds(5);
    private static final Duration RESTED = Duration.ofMinutes(15);
    private static final String NAME = "coffee";

    /** How a machine keeps its notes. */
    enum Memory {
        AS_IT_IS {
            @Override
            Store on(Store file, VirtualTimers.Machine machine) {
                return file;
            }
        },
        /** A defect: it says that it has written what it is only going to. */
        HASTY {
            @Override
            Store on(Store file, VirtualTimers.Machine machine) {
                return new Store() {
                    @Override
                    public Saved read() {
                        return file.read();
                    }

                    @Override
                    public void write(Map<String, String> notes) {
                        machine.after(DISK_TAKES, () -> {
                            try {
                                file.write(notes);
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        });
                    }
                };
            }
        };

        abstract Store on(Store file, VirtualTimers.Machine machine);
    }

    /** When the relay went on, and for what, by the note that any restart would have found at that moment. */
    record Cup(Instant since, String noted) {}

    /** What the house was told. */
    record Told(Instant at, String topic, String words) {}

    private final Errand errand;
    private final Fate fate;
    private final Memory memory;
    private final Steps steps;
    private final int choice;

    private final VirtualTimers timers = new VirtualTimers(BEGIN);
    private final MemoryBroker broker = new MemoryBroker(timers.clock(), Pace.REAL, timers.worker("broker"));
    private final Bus asker = broker.bus("asker", Common.STATUS.of("home", "asker"));
    private final List<Cup> cups = new ArrayList<>();
    private final List<Told> told = new ArrayList<>();
    private final Set<String> read = new TreeSet<>();

    private CrashingDisk disk;
    private VirtualTimers.Machine machine = timers.machine(Duration.ZERO);
    private boolean on;
    private int boots;
    private Instant end;
    private Instant unpluggedUntil = BEGIN;
    private Instant brokerAwayUntil = BEGIN;

    private int states;
    private List<Remains> different = List.of();
    private Instant restarted = Instant.MAX;
    private boolean cutShort;
    private boolean unfinished;

    /** @param choice which of the {@link #different} remains of the disk the restart finds */
    Kitchen(Errand errand, Fate fate, Memory memory, CrashingDisk disk, Steps steps, int choice) {
        this.errand = errand;
        this.fate = fate;
        this.memory = memory;
        this.disk = disk.watchedBy(steps);
        this.steps = steps;
        this.choice = choice;
        this.end = BEGIN.plusSeconds(10).plus(fate.lasts());
    }

    /** Lives through it all. */
    Kitchen live() {
        timers.every("broker", Duration.ofMinutes(10), broker::timePassed);
        asker.connect(Duration.ZERO);
        Bus watcher = broker.bus("watcher", Common.STATUS.of("home", "watcher"));
        watcher.connect(Duration.ZERO);
        for (Topic<?> topic : List.of(CoffeeTopics.PHASE, Brewed.TOPIC, Result.TOPIC, Common.FAULT)) {
            watcher.subscribe(
                    new Subscription(topic.of("home", NAME), 2, false),
                    message -> told.add(
                            new Told(now(), topic.name(), new String(message.payload(), StandardCharsets.UTF_8))),
                    Duration.ZERO);
        }
        in(fate.machineStarts(), this::start);
        in(Duration.ofSeconds(10), () -> fate.befall(this));
        while (now().isBefore(end)) {
            try {
                timers.pass(Duration.between(now(), end));
            } catch (PowerCut e) {
                powerCut();
            }
        }
        read.addAll(disk.read());
        return this;
    }

    // What befalls it.

    Errand errand() {
        return errand;
    }

    void say(int number) {
        say(number, false);
    }

    void sayRetained(int number) {
        say(number, true);
    }

    private void say(int number, boolean retained) {
        asker.publish(errand.message(errand.words().get(number), retained, now()));
    }

    void in(Duration wait, Runnable task) {
        timers.at(now().plus(wait), task);
    }

    void unplug(Duration time) {
        unpluggedUntil = now().plus(time);
        broker.unplug(NAME);
        in(time, this::plugIn);
    }

    void brokerIsAway(Duration time, boolean forgetful) {
        brokerAwayUntil = now().plus(time);
        broker.stop();
        in(time, () -> {
            if (!now().isBefore(brokerAwayUntil) && !broker.isUp()) {
                broker.start(forgetful);
            }
        });
    }

    private void plugIn() {
        if (!now().isBefore(unpluggedUntil)) {
            broker.plugIn(NAME);
        }
    }

    // The machine.

    private void start() {
        machine = timers.machine(Duration.ZERO);
        machine.slow("keeper", DISK_TAKES);
        Bus bus = new SteppedBus(broker.bus(NAME, Common.STATUS.of("home", NAME)), steps);
        Site site = new Site(
                new Board(),
                new Conversation(bus, "home", NAME, machine.clock(), Pace.REAL),
                machine,
                WallClock.simulated(machine.clock(), ZoneOffset.UTC),
                new Keeper(memory.on(notes(disk), machine), machine),
                "boot" + boots++,
                new AtomicLong());
        machine.run(new CoffeeNode().assemble(settings(), site));
        bus.connect(Duration.ZERO);
        plugIn();
    }

    private void powerCut() {
        machine.cutPower();
        broker.unplug(NAME);
        cutShort = on
                && now().isBefore(
                                cups.get(cups.size() - 1).since.plus(settings().brewTime()));
        on = false;
        read.addAll(disk.read());
        List<Remains> all = disk.afterPowerCut();
        states = all.size();
        different = CrashingDisk.different(all);
        disk = different.get(choice).disk().watchedBy(steps);
        unfinished = !notedIn(disk).isEmpty();
        restarted = now().plus(POWER_IS_OFF);
        in(POWER_IS_OFF, this::start);
        if (fate != Fate.ONCE) {
            in(POWER_IS_OFF.plus(SAID_AGAIN), () -> fate.befall(this));
            in(POWER_IS_OFF.plus(RESTED), () -> fate.befall(this));
        }
        end = now().plus(RESTED).plus(fate.lasts());
    }

    /** The key of the brew under way, as whoever reads this disk would find it; empty if there is none. */
    private static String notedIn(CrashingDisk disk) {
        return notes(disk).read().notes().getOrDefault(Past.UNFINISHED, "");
    }

    private static StateFile notes(CrashingDisk disk) {
        return new StateFile(disk.path("/hearth"), NAME);
    }

    private Instant now() {
        return timers.clock().instant();
    }

    private static CoffeeSettings settings() {
        try {
            return Settings.of("test.conf", "coffee.gpio = 22").check(CoffeeSettings::read);
        } catch (BadSettings e) {
            throw new AssertionError(e);
        }
    }

    /** A board whose relay's switchings are steps. */
    private final class Board extends MemoryHal {

        @Override
        public Relay relay(Pin pin) {
            return level -> {
                String step = level ? "relay on" : "relay off";
                steps.before(step);
                if (level && !on) {
                    Set<String> noted = new TreeSet<>();
                    disk.afterPowerCut().forEach(left -> noted.add(notedIn(left.disk())));
                    cups.add(new Cup(now(), String.join(" or ", noted)));
                }
                on = level;
                steps.after(step);
            };
        }
    }

    // What came of it.

    List<Cup> cups() {
        return cups;
    }

    List<Told> told() {
        return told;
    }

    /** Whether the house was told so by a machine that had been started again. */
    boolean toldAfterwards(Topic<?> topic, String words) {
        return told.stream()
                .anyMatch(each ->
                        each.topic.equals(topic.name()) && each.words.contains(words) && !each.at.isBefore(restarted));
    }

    /** How many states the disk may have been in after the cut; nought if there was none. */
    int states() {
        return states;
    }

    boolean isFirstOfTheMoment() {
        return choice == 0;
    }

    /** Of these, those that a restart can tell from each other. */
    int differentStates() {
        return different.size();
    }

    /** The power went while it brewed. */
    boolean cutShort() {
        return cutShort;
    }

    /** The restart found a note of a brew under way. */
    boolean unfinished() {
        return unfinished;
    }

    /** The files that any start read. */
    Set<String> read() {
        return read;
    }

    String story() {
        return "%s %s, power cut %s, disk %s of %d: cups %s, told %s"
                .formatted(errand, fate, steps.cutAt(), choice, different.size(), cups, told);
    }
}
