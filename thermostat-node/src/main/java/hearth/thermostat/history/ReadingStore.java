package hearth.thermostat.history;

import hearth.common.value.Celsius;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Stores readings until they are delivered. A change survives a power cut after {@link #sync} has returned. */
public interface ReadingStore {

    /**
     * A reading and its time.
     *
     * @param boot          id of the boot in which it was taken
     * @param monotonicTime time on the clock of that boot; it cannot be compared with the clock of another boot
     * @param wallTime      time of day; empty if the machine did not know it
     */
    record TimestampedReading(String boot, Instant monotonicTime, Optional<Instant> wallTime, Celsius celsius) {}

    /**
     * A stored reading.
     *
     * @param number its position in the order; no number is used twice in a boot
     */
    record StoredReading(long number, TimestampedReading reading) {

        public String id() {
            return reading.boot + "-" + number;
        }
    }

    void add(TimestampedReading reading) throws IOException;

    /** At most {@code count} readings, oldest first. */
    List<StoredReading> oldest(int count) throws IOException;

    void remove(Collection<StoredReading> readings) throws IOException;

    int size() throws IOException;

    /** Whether a consumer has ever acknowledged readings, see {@link #markAcknowledged}. */
    boolean hasAcknowledgingConsumer() throws IOException;

    /** Stores that a consumer acknowledges readings. */
    void markAcknowledged() throws IOException;

    /** Writes all changes to the disk. After a failure the changes stay in memory; the next call tries again. */
    void sync() throws IOException;
}
