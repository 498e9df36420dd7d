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
import hearth.common.mqtt.NodeBus;
import hearth.common.mqtt.Outgoing;
import hearth.common.mqtt.Subscription;
import hearth.common.runtime.Node;
import hearth.common.runtime.NodeContext;
import hearth.common.runtime.NodeType;
import hearth.common.runtime.StateWriter;
import hearth.common.runtime.Timers;
import hearth.common.settings.BadSettings;
import hearth.common.settings.Settings;
import hearth.common.store.StateStore;
import hearth.common.value.Celsius;
import hearth.common.value.Fix;
import hearth.common.value.Pin;
import hearth.common.value.Position;
import hearth.common.value.Reading;
import hearth.common.value.TimeScale;
import hearth.proving.journal.Entry;
import hearth.proving.journal.Event;
import hearth.proving.journal.Event.Booted;
import hearth.proving.journal.Event.Driven;
import hearth.proving.journal.Event.Fixed;
import hearth.proving.journal.Event.Heard;
import hearth.proving.journal.Event.In;
import hearth.proving.journal.Event.Looked;
import hearth.proving.journal.Event.Out;
import hearth.proving.journal.Event.PowerCut;
import hearth.proving.journal.Event.Read;
import hearth.proving.journal.Event.Settled;
import hearth.proving.journal.Event.Stored;
import hearth.proving.journal.Lines;
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
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One device between a boot and the next: what it is given, and what it is expected to do. */
final class Script {

    /** As the computers of the year have it. */
    private static final Duration DISK_TAKES = Duration.ofMillis(20);

    private static final String PREFIX = "home";

    private record Due(Duration at, Event event) {}

    private final String node;
    private final NodeType<?> nodeType;
    private final Booted booted;
    private final Deque<Due> expected = new ArrayDeque<>();
    private final Deque<Read> readings = new ArrayDeque<>();
    private final Deque<Stored> stored = new ArrayDeque<>();
    private final Deque<Due> looked = new ArrayDeque<>();
    private final Map<String, Consumer<Incoming>> listeners = new HashMap<>();
    private final Map<Long, Consumer<Boolean>> unsettled = new HashMap<>();
    private final Map<Long, Boolean> settledEarly = new HashMap<>();
    private final Antenna antenna = new Antenna();
    private Runnable readSensor = () -> {};
    private Optional<LocalTime> hour = Optional.empty();
    private long said;
    private VirtualTimers.@Nullable Machine machine;
    private Replay.@Nullable Difference difference;

    Script(String node, NodeType<?> nodeType, Booted booted) {
        this.node = node;
        this.nodeType = nodeType;
        this.booted = booted;
    }

    /** What it did at this instant, on the day that was recorded. */
    void expect(Duration at, Out out) {
        expected.add(new Due(at, out));
    }

    /** What it will ask for at this instant. */
    void provide(Duration at, In in) {
        if (in instanceof Read read) {
            readings.add(read);
        } else if (in instanceof Stored result) {
            stored.add(result);
        } else if (in instanceof Looked) {
            looked.add(new Due(at, in));
        }
    }

    void boot(VirtualTimers timers) {
        Duration clockOff = Duration.ofMillis(booted.clockOffMs());
        VirtualTimers.Machine booting = timers.machine(clockOff);
        booting.delayWorker("keeper", DISK_TAKES);
        machine = booting;
        Skin skin = new Skin(event -> compare(timers, event), PREFIX + "/", Replay.BEGIN.plus(clockOff));
        Timers clocks = readingWhenItWasRead(booting);
        NodeContext context = new NodeContext(
                skin.around(board()),
                new NodeBus(skin.around(line(booting)), PREFIX, node, booting.clock(), TimeScale.REAL_TIME),
                clocks,
                () -> hourAt(timers).map(hour -> hour.atDate(LocalDate.EPOCH).atZone(ZoneOffset.UTC)),
                new StateWriter(skin.around(disk()), clocks),
                booted.id(),
                new AtomicLong());
        booting.run(assemble(nodeType, context), why -> {}); // It died then too, or what it did not do will be missed.
    }

    /** Something comes in. What a device asks for itself was {@linkplain #provide provided}. */
    void feed(In in) {
        if (in instanceof PowerCut && machine != null) {
            machine.cutPower();
        } else if (in instanceof Read) {
            readSensor.run();
        } else if (in instanceof Fixed fix) {
            antenna.receives(new Fix(new Position(fix.latitudeDeg(), fix.longitudeDeg()), fix.errorM()));
        } else if (in instanceof Heard heard) {
            hear(heard);
        } else if (in instanceof Settled settled) {
            Consumer<Boolean> sender = unsettled.remove(settled.number());
            if (sender == null) {
                settledEarly.put(settled.number(), settled.delivered());
            } else {
                sender.accept(settled.delivered());
            }
        }
    }

    Optional<Replay.Difference> difference() {
        if (difference == null && !expected.isEmpty()) {
            Due missing = expected.remove();
            difference = new Replay.Difference(missing.at, node, line(missing.at, missing.event), "nothing");
        }
        return Optional.ofNullable(difference);
    }

    private void compare(VirtualTimers timers, Event event) {
        if (!(event instanceof Out) || difference != null) {
            return;
        }
        Duration now = Duration.between(Replay.BEGIN, timers.clock().instant());
        Due then = expected.poll();
        if (then == null || !then.at.equals(now) || !then.event.equals(event)) {
            Duration at = then == null || now.compareTo(then.at) < 0 ? now : then.at;
            String was = then == null ? "nothing" : line(then.at, then.event);
            difference = new Replay.Difference(at, node, was, line(now, event));
        }
    }

    private String line(Duration at, Event event) {
        StringBuilder line = new StringBuilder();
        Lines.write(new Entry(at, node, event), line);
        return line.toString().strip().replace('\t', ' ');
    }

    private void hear(Heard heard) {
        Consumer<Incoming> listener = listeners.get(PREFIX + "/" + heard.topic());
        if (listener != null) {
            byte[] payload = heard.payload().getBytes(StandardCharsets.ISO_8859_1);
            listener.accept(new Incoming(
                    PREFIX + "/" + heard.topic(), payload, heard.retained(), heard.lifetimeS(), heard.leftS()));
        }
    }

    private Optional<LocalTime> hourAt(VirtualTimers timers) {
        Duration now = Duration.between(Replay.BEGIN, timers.clock().instant());
        while (!looked.isEmpty() && looked.peek().at.compareTo(now) <= 0) {
            hour = ((Looked) looked.remove().event).time().map(LocalTime::parse);
        }
        return hour;
    }

    /** When a sensor was read is something that happened: it may have hung. */
    private Timers readingWhenItWasRead(VirtualTimers.Machine on) {
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

    private Hal board() {
        return new Hal() {
            @Override
            public Thermometer thermometer(String address, Function<Path, Thermometer> driver) {
                return Script.this::reading;
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
                return antenna;
            }

            @Override
            public List<Problem> problems(Wiring wiring) {
                return List.of();
            }
        };
    }

    private Reading reading() {
        Read read = readings.remove();
        return read.celsius().isPresent()
                ? new Reading.Measured(Celsius.of(read.celsius().getAsDouble()))
                : new Reading.Failed(read.code(), "as recorded");
    }

    /** It fails where it failed. */
    private void drive(int pin, boolean on) throws IOException {
        Due next = expected.peek();
        if (next != null && next.event.equals(new Driven(pin, on, false))) {
            throw new IOException("as recorded");
        }
    }

    private StateStore disk() {
        return new StateStore() {
            @Override
            public SavedState read() {
                return new SavedState(booted.remembered(), booted.forgot());
            }

            @Override
            public void write(Map<String, String> notes) throws IOException {
                Stored result = stored.poll();
                if (result != null && !result.onDisk()) {
                    throw new IOException("as recorded");
                }
            }
        };
    }

    private Bus line(VirtualTimers.Machine on) {
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
                long number = ++said;
                Boolean early = settledEarly.remove(number);
                if (early == null) {
                    unsettled.put(number, settled);
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

    private <C> Node<?, ?> assemble(NodeType<C> program, NodeContext context) {
        try {
            String text = String.join("\n", booted.settings());
            return program.assemble(Settings.of(node + ".conf", text).check(program::readSettings), context);
        } catch (BadSettings e) {
            throw new IllegalArgumentException("settings that are refused now: " + e.problems(), e);
        }
    }
}
