package hearth.proving.journal;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * An input or output of a device, or an injected fault. Topics are without the prefix: {@code airco/target/set}. A
 * payload has one character per byte (ISO 8859-1), so that binary payloads are kept, too.
 */
public sealed interface JournalEvent {

    /** An input: with the same inputs a device must decide the same. */
    sealed interface EventIn extends JournalEvent {}

    /** An output. */
    sealed interface EventOut extends JournalEvent {}

    /**
     * The device boots. Its outputs are unchanged, and it loads its saved state.
     *
     * @param clockOffsetMs the offset of the clock of the Pi from the simulated time
     * @param settings      the lines of its settings file
     */
    record Booted(
            String id, long clockOffsetMs, boolean stateLost, Map<String, String> savedState, List<String> settings)
            implements EventIn {
        public Booted {
            savedState = Collections.unmodifiableMap(new TreeMap<>(savedState));
            settings = List.copyOf(settings);
        }
    }

    /** The device loses its power. Its outputs go off, by the pull resistor of the board or the stop hook. */
    record PowerCut() implements EventIn {}

    /** The sensor was read. @param celsius empty if the read failed @param code the fault code, or empty */
    record SensorRead(OptionalDouble celsius, String code) implements EventIn {}

    /** The receiver reports a position. @param errorM its possible error */
    record FixRead(double latitudeDeg, double longitudeDeg, double errorM) implements EventIn {}

    /**
     * The device receives a message.
     *
     * @param lifetimeS  the message expiry that the sender set, in seconds; negative if unknown
     * @param remainingS the remaining message expiry in seconds; negative if it does not expire
     */
    record MessageReceived(String topic, String payload, boolean retained, long lifetimeS, long remainingS)
            implements EventIn {}

    /** The wall clock was read. @param time such as {@code 07:30}; empty while the clock is not synchronised */
    record WallClockRead(Optional<String> time) implements EventIn {}

    /** The result of the device's {@link MessagePublished} with this number, counted from 1 since its boot. */
    record DeliverySettled(long number, boolean delivered) implements EventIn {}

    /** The result of the latest write of the saved state. */
    record SaveFinished(boolean onDisk) implements EventIn {}

    /** A pin was switched. A relay that failed to switch on has {@code on} true and {@code succeeded} false. */
    record OutputDriven(int pin, boolean on, boolean succeeded) implements EventOut {}

    /**
     * The device publishes a message, connected or not.
     *
     * @param expiresAtMs its expiry, since the start of the journal; {@link Long#MAX_VALUE} for never
     */
    record MessagePublished(String topic, String payload, int qos, boolean retained, long expiresAtMs)
            implements EventOut {}

    /** The device requests a write of its state. */
    record SaveRequested(Map<String, String> entries) implements EventOut {
        public SaveRequested {
            entries = Collections.unmodifiableMap(new TreeMap<>(entries));
        }
    }

    /** A fault was injected, such as {@code sensor shorted} or {@code broker forgot}. */
    record InjectedFault(String kind, String detail) implements JournalEvent {}
}
