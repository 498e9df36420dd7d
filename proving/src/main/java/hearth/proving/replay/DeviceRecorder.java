package hearth.proving.replay;

import hearth.common.hal.Hal;
import hearth.common.hal.PositionSource;
import hearth.common.hal.Relay;
import hearth.common.hal.Thermometer;
import hearth.common.message.HistoryReading;
import hearth.common.mqtt.Bus;
import hearth.common.mqtt.Incoming;
import hearth.common.mqtt.Outgoing;
import hearth.common.mqtt.Subscription;
import hearth.common.runtime.Health;
import hearth.common.runtime.WallClock;
import hearth.common.store.StateStore;
import hearth.common.value.Fix;
import hearth.common.value.Pin;
import hearth.common.value.Reading;
import hearth.proving.journal.JournalEvent;
import hearth.proving.journal.JournalEvent.DeliverySettled;
import hearth.proving.journal.JournalEvent.FixRead;
import hearth.proving.journal.JournalEvent.MessagePublished;
import hearth.proving.journal.JournalEvent.MessageReceived;
import hearth.proving.journal.JournalEvent.OutputDriven;
import hearth.proving.journal.JournalEvent.SaveFinished;
import hearth.proving.journal.JournalEvent.SaveRequested;
import hearth.proving.journal.JournalEvent.SensorRead;
import hearth.proving.journal.JournalEvent.WallClockRead;
import hearth.testkit.bus.ForwardingBus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Records all inputs and outputs of one device between two boots. Changes nothing.
 *
 * <p>Health, the stored readings and the discovery messages are not recorded: they follow from the state of the broker and
 * the disk, not from decisions of the device.
 */
public final class DeviceRecorder {

    private static final Set<String> UNRECORDED =
            Set.of(Health.TOPIC.name(), HistoryReading.TOPIC.name(), HistoryReading.ACKNOWLEDGE.name());

    private final Consumer<JournalEvent> journal;
    private final String prefix;
    private final Instant begin;

    /**
     * @param prefix of all topics, with the slash
     * @param begin  the begin of the journal on the device's clock
     */
    public DeviceRecorder(Consumer<JournalEvent> journal, String prefix, Instant begin) {
        this.journal = journal;
        this.prefix = prefix;
        this.begin = begin;
    }

    public Hal recording(Hal hal) {
        return new ForwardingHal(hal) {
            @Override
            public Thermometer thermometer(String address, Function<Path, Thermometer> driver) {
                return recording(hal.thermometer(address, driver));
            }

            @Override
            public Relay relay(Pin pin) {
                return recording(pin.number(), hal.relay(pin));
            }

            @Override
            public PositionSource receiver(Supplier<PositionSource> driver) {
                return recording(hal.receiver(driver));
            }
        };
    }

    private Thermometer recording(Thermometer thermometer) {
        return () -> {
            Reading reading = thermometer.read();
            journal.accept(
                    reading instanceof Reading.Measured measured
                            ? new SensorRead(
                                    OptionalDouble.of(measured.temperature().degrees()), "")
                            : new SensorRead(OptionalDouble.empty(), ((Reading.Failed) reading).code()));
            return reading;
        };
    }

    /** Each loop pass sets the relay; only changes and failures are recorded. */
    private Relay recording(int pin, Relay relay) {
        Map<Integer, Boolean> level = new HashMap<>();
        return on -> {
            try {
                relay.set(on);
            } catch (IOException e) {
                level.remove(pin);
                journal.accept(new OutputDriven(pin, on, false));
                throw e;
            }
            Boolean before = level.put(pin, on);
            if (before == null || before != on) {
                journal.accept(new OutputDriven(pin, on, true));
            }
        };
    }

    private PositionSource recording(PositionSource receiver) {
        return new PositionSource() {
            @Override
            public void start(Consumer<Fix> listener) {
                receiver.start(fix -> {
                    journal.accept(new FixRead(
                            fix.position().latitudeDeg(), fix.position().longitudeDeg(), fix.errorM()));
                    listener.accept(fix);
                });
            }

            @Override
            public void close() {
                receiver.close();
            }
        };
    }

    public Bus recording(Bus bus) {
        return new ForwardingBus(bus) {
            private long publishedCount;

            @Override
            public boolean subscribe(Subscription subscription, Consumer<Incoming> listener, Duration timeout) {
                Consumer<Incoming> recorded = message -> {
                    journal.accept(toReceived(message));
                    listener.accept(message);
                };
                return super.subscribe(subscription, isRecorded(subscription.topic()) ? recorded : listener, timeout);
            }

            @Override
            public void publish(Outgoing message, Consumer<Boolean> settled) {
                if (!isRecorded(message.topic())) {
                    super.publish(message, settled);
                    return;
                }
                long number = ++publishedCount;
                journal.accept(toPublished(message));
                super.publish(message, delivered -> {
                    journal.accept(new DeliverySettled(number, delivered));
                    settled.accept(delivered);
                });
            }
        };
    }

    private MessageReceived toReceived(Incoming message) {
        return new MessageReceived(
                topic(message.topic()),
                text(message.payload()),
                message.retained(),
                message.lifetimeS(),
                message.remainingS());
    }

    private MessagePublished toPublished(Outgoing message) {
        long untilMs = message.expires() ? begin.until(message.expiresAt(), ChronoUnit.MILLIS) : Long.MAX_VALUE;
        return new MessagePublished(
                topic(message.topic()), text(message.payload()), message.qos(), message.retained(), untilMs);
    }

    boolean isRecorded(String topic) {
        return topic.startsWith(prefix)
                && !UNRECORDED.contains(topic.substring(topic.indexOf('/', prefix.length()) + 1));
    }

    private String topic(String full) {
        return full.substring(prefix.length());
    }

    /** One character per byte, so that a payload that is not UTF-8 is replayed unchanged. */
    private static String text(byte[] payload) {
        return new String(payload, StandardCharsets.ISO_8859_1);
    }

    public StateStore recording(StateStore store) {
        return new StateStore() {
            @Override
            public SavedState read() {
                return store.read();
            }

            @Override
            public void write(Map<String, String> entries) throws IOException {
                journal.accept(new SaveRequested(entries));
                try {
                    store.write(entries);
                } catch (IOException e) {
                    journal.accept(new SaveFinished(false));
                    throw e;
                }
                journal.accept(new SaveFinished(true));
            }
        };
    }

    public WallClock recording(WallClock wallClock) {
        Map<String, Optional<LocalTime>> last = new HashMap<>();
        return () -> {
            Optional<ZonedDateTime> now = wallClock.now().map(t -> t.truncatedTo(ChronoUnit.MINUTES));
            Optional<LocalTime> hour = now.map(ZonedDateTime::toLocalTime);
            if (!hour.equals(last.put("", hour))) {
                journal.accept(new WallClockRead(hour.map(LocalTime::toString)));
            }
            return now;
        };
    }
}
