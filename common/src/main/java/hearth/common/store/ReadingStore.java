package hearth.common.store;

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
     * @param steady when, by the clock of that boot, which means nothing to another
     * @param wall   when, by the clock on the wall; empty if nobody had told this machine the time
     */
    record Taken(String boot, Instant steady, Optional<Instant> wall, Celsius celsius) {}

    /**
     * A reading that waits.
     *
     * @param number its place; never given twice in a boot
     */
    record Kept(long number, Taken taken) {

        public String id() {
            return taken.boot + "-" + number;
        }
    }

    void add(Taken reading) throws IOException;

    /** Those that wait longest, oldest first. */
    List<Kept> oldest(int count) throws IOException;

    void remove(Collection<Kept> readings) throws IOException;

    int size() throws IOException;

    /** Whether a consumer was ever heard of that says what it has. */
    boolean isAcknowledged() throws IOException;

    void acknowledged() throws IOException;

    void sync() throws IOException;
}
