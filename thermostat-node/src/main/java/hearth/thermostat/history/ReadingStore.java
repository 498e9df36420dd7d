package hearth.thermostat.history;

import hearth.common.value.Celsius;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Readings that wait for delivery. A change survives a power cut once {@link #sync} has returned. */
public interface ReadingStore {

    /**
     * A reading.
     *
     * @param boot          the boot in which it was taken
     * @param monotonicTime its time by the clock of that boot; without meaning in another boot
     * @param wallTime      its time of day; empty if the clock was not synchronised
     */
    record TimestampedReading(String boot, Instant monotonicTime, Optional<Instant> wallTime, Celsius celsius) {}

    /**
     * A reading that waits for delivery.
     *
     * @param number its place in the order; used only once in a boot
     */
    record StoredReading(long number, TimestampedReading reading) {

        public String id() {
            return reading.boot + "-" + number;
        }
    }

    void add(TimestampedReading reading) throws IOException;

    /** The oldest readings, oldest first. */
    List<StoredReading> oldest(int count) throws IOException;

    void remove(Collection<StoredReading> readings) throws IOException;

    int size() throws IOException;

    /** Whether a consumer has ever sent an acknowledgement. */
    boolean hasAcknowledgingConsumer() throws IOException;

    void markAcknowledged() throws IOException;

    void sync() throws IOException;
}
