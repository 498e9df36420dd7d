package hearth.thermostat.history;

import hearth.common.value.Celsius;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Where readings wait until somebody has them. What was put in or taken out survives a power cut once it is synced. */
public interface ReadingStore {

    /**
     * A reading.
     *
     * @param boot   in which it was taken
     * @param monotonicTime when, by the clock of that boot, which means nothing to another
     * @param wallTime   when, by the clock on the wall; empty if nobody had told this machine the time
     */
    record TimestampedReading(String boot, Instant monotonicTime, Optional<Instant> wallTime, Celsius celsius) {}

    /**
     * A reading that waits.
     *
     * @param number its place; never given twice in a boot
     */
    record StoredReading(long number, TimestampedReading reading) {

        public String id() {
            return reading.boot + "-" + number;
        }
    }

    void add(TimestampedReading reading) throws IOException;

    /** Those that wait longest, oldest first. */
    List<StoredReading> oldest(int count) throws IOException;

    void remove(Collection<StoredReading> readings) throws IOException;

    int size() throws IOException;

    /** Whether a consumer was ever heard of that says what it has. */
    boolean hasAcknowledgingConsumer() throws IOException;

    void markAcknowledged() throws IOException;

    void sync() throws IOException;
}
