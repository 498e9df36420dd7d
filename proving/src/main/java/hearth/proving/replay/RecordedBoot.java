package hearth.proving.replay;

import hearth.common.hal.Hal;
import hearth.common.hal.PositionSource;
import hearth.common.hal.Problem;
import hearth.common.hal.Relay;
import hearth.common.hal.Switch;
import hearth.common.hal.Thermometer;
import hearth.common.hal.Wiring;
import hearth.common.mqtt.Bus;
import hearth.common.mqtt.Incoming;
import hearth.common.mqtt.Outgoing;
import hearth.common.mqtt.Subscription;
import hearth.common.runtime.ConfiguredNode;
import hearth.common.runtime.Node;
import hearth.common.runtime.NodeAssembly;
import hearth.common.runtime.NodePlatform;
import hearth.common.runtime.NodeType;
import hearth.common.runtime.Timers;
import hearth.common.settings.BadSettings;
import hearth.common.settings.Settings;
import hearth.common.store.StateStore;
import hearth.common.value.Celsius;
import hearth.common.value.Fix;
import hearth.common.value.Pin;
import hearth.common.value.Position;
import hearth.common.value.Reading;
import hearth.proving.journal.JournalEntry;
import hearth.proving.journal.JournalEvent;
import hearth.proving.journal.JournalEvent.Booted;
import hearth.proving.journal.JournalEvent.DeliverySettled;
import hearth.proving.journal.JournalEvent.EventIn;
import hearth.proving.journal.JournalEvent.EventOut;
import hearth.proving.journal.JournalEvent.FixRead;
import hearth.proving.journal.JournalEvent.MessageReceived;
import hearth.proving.journal.JournalEvent.OutputDriven;
import hearth.proving.journal.JournalEvent.PowerCut;
import hearth.proving.journal.JournalEvent.SaveFinished;
import hearth.proving.journal.JournalEvent.SensorRead;
import hearth.proving.journal.JournalEvent.WallClockRead;
import hearth.proving.journal.JournalFormat;
import hearth.testkit.MemoryStorage;
import hearth.testkit.TestNodes;
import hearth.testkit.VirtualTimers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One device between a boot and the next: what it is given, and what it is expected to do. */
final class RecordedBoot {

    /** As the computers of the year have it. */
    private static final Duration DISK_WRITE_TIME = Duration.ofMillis(20);

    private static final String PREFIX = "home";

    private record ExpectedEvent(Duration at, JournalEvent event) {}

    private final String node;
    private final NodeType<?> nodeType;
    private final Booted booted;
    private final Deque<ExpectedEvent> expected = new ArrayDeque<>();
    private final Deque<SensorRead> readings = new ArrayDeque<>();
    private final Deque<SaveFinished> stored = new ArrayDeque<>();
    private final Deque<ExpectedEvent> wallClockReads = new ArrayDeque<>();
    private final Map<String, Consumer<Incoming>> listeners = new HashMap<>();
    private final Map<Long, Consumer<Boolean>> pendingDeliveries = new HashMap<>();
    private final Map<Long, Boolean> earlyDeliveries = new HashMap<>();
    private final ManualPositionSource positionSource = new ManualPositionSource();
    private Runnable readSensor = () -> {};
    private Optional<LocalTime> wallClockTime = Optional.empty();
    private long publishCount;
    private VirtualTimers.@Nullable Machine machine;
    private Replay.@Nullable Difference difference;

    RecordedBoot(String node, NodeType<?> nodeType, Booted booted) {
        this.node = node;
        this.nodeType = nodeType;
        this.booted = booted;
    }

    /** What it did at this instant, on the day that was recorded. */
    void expect(Duration at, EventOut out) {
        expected.add(new ExpectedEvent(at, out));
    }

    /** What it will ask for at this instant. */
    void provide(Duration at, EventIn in) {
        if (in instanceof SensorRead read) {
            readings.add(read);
        } else if (in instanceof SaveFinished result) {
            stored.add(result);
        } else if (in instanceof WallClockRead) {
            wallClockReads.add(new ExpectedEvent(at, in));
        }
    }

    void boot(VirtualTimers timers) {
        Duration clockOff = Duration.ofMillis(booted.clockOffsetMs());
        VirtualTimers.Machine booting = timers.machine(clockOff);
        booting.delayWorker("keeper", DISK_WRITE_TIME);
        machine = booting;
        DeviceRecorder recorder =
                new DeviceRecorder(event -> compare(timers, event), PREFIX + "/", Replay.BEGIN.plus(clockOff));
        StateStore state = recorder.recording(replayStore());
        NodePlatform platform = TestNodes.platform(
                recorder.recording(replayHal()),
                recorder.recording(line(booting, recorder)),
                timersWithSensorDelay(booting),
                () -> wallClockTimeAt(timers)
                        .map(hour -> hour.atDate(LocalDate.EPOCH).atZone(ZoneOffset.UTC)),
                TestNodes.storage(node, state, new MemoryStorage()),
                booted.id());
        // It may have crashed on the recorded day too; what it then does not do is a difference.
        booting.run(assemble(nodeType, platform), exception -> {});
    }

    /** Something comes in. What a device asks for itself was {@linkplain #provide provided}. */
    void feed(EventIn in) {
        if (in instanceof PowerCut && machine != null) {
            machine.cutPower();
        } else if (in instanceof SensorRead) {
            readSensor.run();
        } else if (in instanceof FixRead fix) {
            positionSource.emit(new Fix(new Position(fix.latitudeDeg(), fix.longitudeDeg()), fix.errorM()));
        } else if (in instanceof MessageReceived heard) {
            deliver(heard);
        } else if (in instanceof DeliverySettled settled) {
            Consumer<Boolean> sender = pendingDeliveries.remove(settled.number());
            if (sender == null) {
                earlyDeliveries.put(settled.number(), settled.delivered());
            } else {
                sender.accept(settled.delivered());
            }
        }
    }

    Optional<Replay.Difference> difference() {
        if (difference == null && !expected.isEmpty()) {
            ExpectedEvent missing = expected.remove();
            difference = new Replay.Difference(missing.at, node, line(missing.at, missing.event), "nothing");
        }
        return Optional.ofNullable(difference);
    }

    private void compare(VirtualTimers timers, JournalEvent event) {
        if (!(event instanceof EventOut) || difference != null) {
            return;
        }
        Duration now = Duration.between(Replay.BEGIN, timers.clock().instant());
        ExpectedEvent then = expected.poll();
        if (then == null || !then.at.equals(now) || !then.event.equals(event)) {
            Duration at = then == null || now.compareTo(then.at) < 0 ? now : then.at;
            String was = then == null ? "nothing" : line(then.at, then.event);
            difference = new Replay.Difference(at, node, was, line(now, event));
        }
    }

    private String line(Duration at, JournalEvent event) {
        StringBuilder line = new StringBuilder();
        JournalFormat.write(new JournalEntry(at, node, event), line);
        return line.toString().strip().replace('\t', ' ');
    }

    private void deliver(MessageReceived heard) {
        Consumer<Incoming> listener = listeners.get(PREFIX + "/" + heard.topic());
        if (listener != null) {
            byte[] payload = heard.payload().getBytes(StandardCharsets.ISO_8859_1);
            listener.accept(new Incoming(
                    PREFIX + "/" + heard.topic(), payload, heard.retained(), heard.lifetimeS(), heard.remainingS()));
        }
    }

    private Optional<LocalTime> wallClockTimeAt(VirtualTimers timers) {
        Duration now = Duration.between(Replay.BEGIN, timers.clock().instant());
        while (!wallClockReads.isEmpty() && wallClockReads.peek().at.compareTo(now) <= 0) {
            wallClockTime =
                    ((WallClockRead) wallClockReads.remove().event).time().map(LocalTime::parse);
        }
        return wallClockTime;
    }

    /** When a sensor was read is something that happened: it may have hung. */
    private Timers timersWithSensorDelay(VirtualTimers.Machine on) {
        return new Timers() {
            @Override
            public InstantSource clock() {
                return on.clock();
            }

            @Override
            public void every(String name, Duration period, Runnable task) {
                if (name.equals("sensor")) {
                    readSensor = task;
                } else {
                    on.every(name, period, task);
                }
            }

            @Override
            public void after(Duration wait, Runnable task) {
                on.after(wait, task);
            }

            @Override
            public Executor worker(String name) {
                return on.worker(name);
            }
        };
    }

    private Hal replayHal() {
        return new Hal() {
            @Override
            public Thermometer thermometer(String address, Function<Path, Thermometer> driver) {
                return RecordedBoot.this::reading;
            }

            @Override
            public Relay relay(Pin pin) {
                return on -> drive(pin.number(), on);
            }

            @Override
            public Switch input(Pin pin) {
                return () -> true;
            }

            @Override
            public PositionSource receiver(Supplier<PositionSource> driver) {
                return positionSource;
            }

            @Override
            public List<Problem> problems(Wiring wiring) {
                return List.of();
            }
        };
    }

    private Reading reading() {
        SensorRead read = readings.remove();
        return read.celsius().isPresent()
                ? new Reading.Measured(Celsius.of(read.celsius().getAsDouble()))
                : new Reading.Failed(read.code(), "as recorded");
    }

    /** It fails where it failed. */
    private void drive(int pin, boolean on) throws IOException {
        ExpectedEvent next = expected.peek();
        if (next != null && next.event.equals(new OutputDriven(pin, on, false))) {
            throw new IOException("as recorded");
        }
    }

    private StateStore replayStore() {
        return new StateStore() {
            @Override
            public SavedState read() {
                return new SavedState(booted.savedState(), booted.stateLost());
            }

            @Override
            public void write(Map<String, String> notes) throws IOException {
                SaveFinished result = stored.poll();
                if (result != null && !result.onDisk()) {
                    throw new IOException("as recorded");
                }
            }
        };
    }

    private Bus line(VirtualTimers.Machine on, DeviceRecorder recorder) {
        return new Bus() {
            @Override
            public boolean connect(Duration patience) {
                return true;
            }

            @Override
            public void disconnect(Duration patience) {}

            @Override
            public boolean subscribe(Subscription subscription, Consumer<Incoming> listener, Duration patience) {
                listeners.put(subscription.topic(), listener);
                return true;
            }

            @Override
            public boolean unsubscribe(String topic, Duration patience) {
                listeners.remove(topic);
                return true;
            }

            @Override
            public void publish(Outgoing message, Consumer<Boolean> settled) {
                if (!recorder.isRecorded(message.topic())) {
                    return;
                }
                long number = ++publishCount;
                Boolean early = earlyDeliveries.remove(number);
                if (early == null) {
                    pendingDeliveries.put(number, settled);
                } else {
                    on.after(Duration.ZERO, () -> settled.accept(early));
                }
            }

            @Override
            public Counts counts() {
                return new Counts(false, 0, 0, 0);
            }
        };
    }

    private <C> Node<?, ?> assemble(NodeType<C> type, NodePlatform platform) {
        try {
            String text = "node.name = " + node + "\n" + String.join("\n", booted.settings());
            return NodeAssembly.of(ConfiguredNode.read(type, Settings.of(node + ".conf", text)), platform)
                    .node();
        } catch (BadSettings e) {
            throw new IllegalArgumentException("the recorded settings are rejected now: " + e.problems(), e);
        }
    }
}
