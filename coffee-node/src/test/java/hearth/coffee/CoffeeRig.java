package hearth.coffee;

import hearth.common.hal.Relay;
import hearth.common.message.CommonTopics;
import hearth.common.message.Result;
import hearth.common.message.Topic;
import hearth.common.mqtt.Bus;
import hearth.common.mqtt.MemoryBroker;
import hearth.common.mqtt.Subscription;
import hearth.common.runtime.ConfiguredNode;
import hearth.common.runtime.NodeAssembly;
import hearth.common.runtime.NodePlatform;
import hearth.common.store.StateFile;
import hearth.common.store.StateStore;
import hearth.common.value.Pin;
import hearth.common.value.TimeScale;
import hearth.testkit.MemoryHal;
import hearth.testkit.MemoryStorage;
import hearth.testkit.TestNodes;
import hearth.testkit.VirtualTimers;
import hearth.testkit.disk.CrashingDisk;
import hearth.testkit.disk.CrashingDisk.CrashState;
import hearth.testkit.disk.PowerCutSchedule;
import hearth.testkit.disk.SimulatedPowerCut;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A coffee machine, put together as its program puts it together, with somebody who wants a cup, a broker in memory and
 * a disk in memory, in virtual time. Its power may be cut at one of its steps; then it is started again from what the
 * disk has kept, and whoever wanted a cup asks again, at once and once it may brew again.
 */
final class CoffeeRig {

    /** So that something can happen while a note is being written. */
    static final Duration DISK_TAKES = Duration.ofMillis(500);

    private static final Instant BEGIN = Instant.parse("2030-01-01T08:00:00Z");
    private static final Duration POWER_IS_OFF = Duration.ofSeconds(10);
    private static final Duration SAID_AGAIN = Duration.ofSeconds(5);
    private static final Duration RESTED = Duration.ofMinutes(15);
    private static final String NAME = "coffee";
    private static final ConfiguredNode<CoffeeSettings> CONFIGURED =
            TestNodes.configured(new CoffeeNode(), NAME, "coffee.gpio = 22");

    /** How a machine keeps its notes. */
    enum StoreBehaviour {
        UNCHANGED {
            @Override
            StateStore wrap(StateStore file, VirtualTimers.Machine machine) {
                return file;
            }
        },
        /** A defect: it says that it has written what it is only going to. */
        REPORTS_EARLY {
            @Override
            StateStore wrap(StateStore file, VirtualTimers.Machine machine) {
                return new StateStore() {
                    @Override
                    public SavedState read() {
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

        abstract StateStore wrap(StateStore file, VirtualTimers.Machine machine);
    }

    /** When the relay went on, and for what, by the note that any restart would have found at that moment. */
    record RelayStart(Instant since, String noted) {}

    /** What the house was told. */
    record PublishedMessage(Instant at, String topic, String payload) {}

    private final BrewRequest request;
    private final DeliveryFault deliveryFault;
    private final StoreBehaviour storeBehaviour;
    private final PowerCutSchedule steps;
    private final int choice;

    private final VirtualTimers timers = new VirtualTimers(BEGIN);
    private final MemoryBroker broker = new MemoryBroker(timers.clock(), TimeScale.REAL_TIME, timers.worker("broker"));
    private final Bus asker = broker.bus("asker", CommonTopics.STATUS.of("home", "asker"));
    private final List<RelayStart> relayStarts = new ArrayList<>();
    private final List<PublishedMessage> received = new ArrayList<>();
    private final Set<String> filesRead = new TreeSet<>();
    private final MemoryStorage otherStates = new MemoryStorage(); // Only the brews are under test.

    private CrashingDisk disk;
    private VirtualTimers.Machine machine = timers.machine(Duration.ZERO);
    private boolean on;
    private int boots;
    private Instant end;
    private Instant unpluggedUntil = BEGIN;
    private Instant brokerAwayUntil = BEGIN;

    private int states;
    private List<CrashState> distinct = List.of();
    private Instant restarted = Instant.MAX;
    private boolean cutShort;
    private boolean unfinished;

    /** @param choice which of the {@link #distinct} remains of the disk the restart finds */
    CoffeeRig(
            BrewRequest errand,
            DeliveryFault fate,
            StoreBehaviour memory,
            CrashingDisk disk,
            PowerCutSchedule steps,
            int choice) {
        this.request = errand;
        this.deliveryFault = fate;
        this.storeBehaviour = memory;
        this.disk = disk.withListener(steps);
        this.steps = steps;
        this.choice = choice;
        this.end = BEGIN.plusSeconds(10).plus(fate.duration());
    }

    /** Lives through it all. */
    CoffeeRig run() {
        timers.every("broker", Duration.ofMinutes(10), broker::expireMessages);
        asker.connect(Duration.ZERO);
        Bus watcher = broker.bus("watcher", CommonTopics.STATUS.of("home", "watcher"));
        watcher.connect(Duration.ZERO);
        for (Topic<?> topic : List.of(CoffeeTopics.PHASE, Brewed.TOPIC, Result.TOPIC, CommonTopics.FAULT)) {
            watcher.subscribe(
                    new Subscription(topic.of("home", NAME), 2, false),
                    message -> received.add(new PublishedMessage(
                            now(), topic.name(), new String(message.payload(), StandardCharsets.UTF_8))),
                    Duration.ZERO);
        }
        after(deliveryFault.startDelay(), this::start);
        after(Duration.ofSeconds(10), () -> deliveryFault.apply(this));
        while (now().isBefore(end)) {
            try {
                timers.advance(Duration.between(now(), end));
            } catch (SimulatedPowerCut e) {
                powerCut();
            }
        }
        filesRead.addAll(disk.read());
        return this;
    }

    // What befalls it.

    BrewRequest request() {
        return request;
    }

    void send(int number) {
        send(number, false);
    }

    void sendRetained(int number) {
        send(number, true);
    }

    private void send(int number, boolean retained) {
        asker.publish(request.message(request.payloads().get(number), retained, now()));
    }

    void after(Duration wait, Runnable task) {
        timers.at(now().plus(wait), task);
    }

    void unplug(Duration time) {
        unpluggedUntil = now().plus(time);
        broker.unplug(NAME);
        after(time, this::plugIn);
    }

    void brokerIsAway(Duration time, boolean forgetful) {
        brokerAwayUntil = now().plus(time);
        broker.stop();
        after(time, () -> {
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
        machine.delayWorker("keeper", DISK_TAKES);
        Bus bus = new SteppedBus(broker.bus(NAME, CommonTopics.STATUS.of("home", NAME)), steps);
        StateStore state = storeBehaviour.wrap(notes(disk), machine);
        NodePlatform platform = TestNodes.platform(
                new SteppedBoard(), bus, machine, TestNodes.storage(NAME, state, otherStates), "boot" + boots++);
        machine.run(NodeAssembly.of(CONFIGURED, platform).node());
        bus.connect(Duration.ZERO);
        plugIn();
    }

    private void powerCut() {
        machine.cutPower();
        broker.unplug(NAME);
        cutShort = on
                && now().isBefore(relayStarts
                        .get(relayStarts.size() - 1)
                        .since
                        .plus(CONFIGURED.device().brewTime()));
        on = false;
        filesRead.addAll(disk.read());
        List<CrashState> all = disk.crashStates();
        states = all.size();
        distinct = CrashingDisk.distinct(all);
        disk = distinct.get(choice).disk().withListener(steps);
        unfinished = !notedIn(disk).isEmpty();
        restarted = now().plus(POWER_IS_OFF);
        after(POWER_IS_OFF, this::start);
        if (deliveryFault != DeliveryFault.ONCE) {
            after(POWER_IS_OFF.plus(SAID_AGAIN), () -> deliveryFault.apply(this));
            after(POWER_IS_OFF.plus(RESTED), () -> deliveryFault.apply(this));
        }
        end = now().plus(RESTED).plus(deliveryFault.duration());
    }

    /** The key of the brew under way, as whoever reads this disk would find it; empty if there is none. */
    private static String notedIn(CrashingDisk disk) {
        return notes(disk).read().entries().getOrDefault(BrewHistory.UNFINISHED, "");
    }

    private static StateFile notes(CrashingDisk disk) {
        return new StateFile(disk.path("/hearth"), NAME);
    }

    private Instant now() {
        return timers.clock().instant();
    }

    /** A board whose relay's switchings are steps. */
    private final class SteppedBoard extends MemoryHal {

        @Override
        public Relay relay(Pin pin) {
            return level -> {
                String step = level ? "relay on" : "relay off";
                steps.before(step);
                if (level && !on) {
                    Set<String> noted = new TreeSet<>();
                    disk.crashStates().forEach(left -> noted.add(notedIn(left.disk())));
                    relayStarts.add(new RelayStart(now(), String.join(" or ", noted)));
                }
                on = level;
                steps.after(step);
            };
        }
    }

    // What came of it.

    List<RelayStart> relayStarts() {
        return relayStarts;
    }

    List<PublishedMessage> received() {
        return received;
    }

    /** Whether the house was told so by a machine that had been started again. */
    boolean receivedAfterRestart(Topic<?> topic, String words) {
        return received.stream()
                .anyMatch(each -> each.topic.equals(topic.name())
                        && each.payload.contains(words)
                        && !each.at.isBefore(restarted));
    }

    /** How many states the disk may have been in after the cut; nought if there was none. */
    int states() {
        return states;
    }

    boolean isFirstCrashState() {
        return choice == 0;
    }

    /** Of these, those that a restart can tell from each other. */
    int distinctStates() {
        return distinct.size();
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
    Set<String> filesRead() {
        return filesRead;
    }

    String describe() {
        return "%s %s, power cut %s, disk %s of %d: cups %s, told %s"
                .formatted(request, deliveryFault, steps.cutAt(), choice, distinct.size(), relayStarts, received);
    }
}
