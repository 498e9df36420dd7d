package hearth.proving.journal;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * Something that crossed a device's skin, or was done to it. Topics are without the prefix: {@code airco/target/set}.
 * Payloads have a character for each byte (ISO 8859-1), so that what is no text is kept too.
 */
public sealed interface JournalEvent {

    /** What comes in: fed to a device again, it must do the same again. */
    sealed interface EventIn extends JournalEvent {}

    /** What comes out. */
    sealed interface EventOut extends JournalEvent {}

    /**
     * The device starts: all its outputs are as they were left, it knows what it remembered.
     *
     * @param clockOffsetMs how far the machine's clock is from the house's time
     * @param settings   its settings file, a line each
     */
    record Booted(
            String id, long clockOffsetMs, boolean stateLost, Map<String, String> savedState, List<String> settings)
            implements EventIn {
        public Booted {
            savedState = Collections.unmodifiableMap(new TreeMap<>(savedState));
            settings = List.copyOf(settings);
        }
    }

    /** The device is gone between two moments. Its outputs fall off, as the board's pull or the unit's hook makes them. */
    record PowerCut() implements EventIn {}

    /** The sensor was read. @param celsius empty if it failed @param code of the failure, else empty */
    record SensorRead(OptionalDouble celsius, String code) implements EventIn {}

    /** The receiver has a position. @param errorM how far off it may be */
    record FixRead(double latitudeDeg, double longitudeDeg, double errorM) implements EventIn {}

    /**
     * A message has arrived at the device.
     *
     * @param lifetimeS whole life in seconds, as its sender said; negative if it did not
     * @param remainingS     what is left of it; negative if it does not end
     */
    record MessageReceived(String topic, String payload, boolean retained, long lifetimeS, long remainingS)
            implements EventIn {}

    /** The wall clock was looked at. @param time such as {@code 07:30}; empty while nobody has told the machine */
    record WallClockRead(Optional<String> time) implements EventIn {}

    /** What became of the device's {@link MessagePublished} with this number, counted from 1 since its boot. */
    record DeliverySettled(long number, boolean delivered) implements EventIn {}

    /** What became of the notes that were last to be kept. */
    record SaveFinished(boolean onDisk) implements EventIn {}

    /** A pin was driven, and is so now. A relay that refused to go on says {@code on} and did not work. */
    record OutputDriven(int pin, boolean on, boolean succeeded) implements EventOut {}

    /**
     * The device says something, connected or not.
     *
     * @param expiresAtMs when it is worth nothing any more, since the journal's begin; {@link Long#MAX_VALUE} for never
     */
    record MessagePublished(String topic, String payload, int qos, boolean retained, long expiresAtMs)
            implements EventOut {}

    /** The device wants this kept. */
    record SaveRequested(Map<String, String> entries) implements EventOut {
        public SaveRequested {
            entries = Collections.unmodifiableMap(new TreeMap<>(entries));
        }
    }

    /** Something was done to the house, for the record: {@code sensor-short}, {@code broker-forgot}. */
    record InjectedFault(String kind, String detail) implements JournalEvent {}
}
