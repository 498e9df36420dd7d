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
public sealed interface Event {

    /** What comes in: fed to a device again, it must do the same again. */
    sealed interface In extends Event {}

    /** What comes out. */
    sealed interface Out extends Event {}

    /**
     * The device starts: all its outputs are as they were left, it knows what it remembered.
     *
     * @param clockOffMs how far the machine's clock is from the house's time
     * @param settings   its settings file, a line each
     */
    record Booted(String id, long clockOffMs, boolean forgot, Map<String, String> remembered, List<String> settings)
            implements In {
        public Booted {
            remembered = Collections.unmodifiableMap(new TreeMap<>(remembered));
            settings = List.copyOf(settings);
        }
    }

    /** The device is gone between two moments. Its outputs fall off, as the board's pull or the unit's hook makes them. */
    record PowerCut() implements In {}

    /** The sensor was read. @param celsius empty if it failed @param code of the failure, else empty */
    record Read(OptionalDouble celsius, String code) implements In {}

    /** The receiver has a position. @param errorM how far off it may be */
    record Fixed(double latitudeDeg, double longitudeDeg, double errorM) implements In {}

    /**
     * A message has arrived at the device.
     *
     * @param lifetimeS whole life in seconds, as its sender said; negative if it did not
     * @param leftS     what is left of it; negative if it does not end
     */
    record Heard(String topic, String payload, boolean retained, long lifetimeS, long leftS) implements In {}

    /** The wall clock was looked at. @param time such as {@code 07:30}; empty while nobody has told the machine */
    record Looked(Optional<String> time) implements In {}

    /** What became of the device's {@link Said} with this number, counted from 1 since its boot. */
    record Settled(long number, boolean delivered) implements In {}

    /** What became of the notes that were last to be kept. */
    record Stored(boolean onDisk) implements In {}

    /** A pin was driven, and is so now. A relay that refused to go on says {@code on} and did not work. */
    record Driven(int pin, boolean on, boolean worked) implements Out {}

    /**
     * The device says something, connected or not.
     *
     * @param untilMs when it is worth nothing any more, since the journal's begin; {@link Long#MAX_VALUE} for never
     */
    record Said(String topic, String payload, int qos, boolean retained, long untilMs) implements Out {}

    /** The device wants this kept. */
    record Kept(Map<String, String> notes) implements Out {
        public Kept {
            notes = Collections.unmodifiableMap(new TreeMap<>(notes));
        }
    }

    /** Something was done to the house, for the record: {@code sensor-short}, {@code broker-forgot}. */
    record Mishap(String kind, String detail) implements Event {}
}
