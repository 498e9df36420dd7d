package hearth.proving.report;

import java.time.Duration;
import java.util.Arrays;

/** Stretches of time in which something was so: a relay on, a fault there. Keeps the first {@link #MAX_KEPT}, counts all. */
final class Intervals {

    static final int MAX_KEPT = 50_000;

    private static final long NOT_RUNNING = -1;

    private int[] edges = new int[32];
    private int kept;
    private long count;
    private long sinceMs = NOT_RUNNING;
    private Duration total = Duration.ZERO;
    private Duration longest = Duration.ZERO;

    /** Does nothing if it is so already. */
    void begin(Duration at) {
        if (sinceMs == NOT_RUNNING) {
            sinceMs = at.toMillis();
            count++;
        }
    }

    /** Does nothing if it is not so. */
    void end(Duration at) {
        if (sinceMs != NOT_RUNNING) {
            Duration length = at.minusMillis(sinceMs);
            total = total.plus(length);
            longest = length.compareTo(longest) > 0 ? length : longest;
            keep(at);
            sinceMs = NOT_RUNNING;
        }
    }

    private void keep(Duration until) {
        if (kept < 2 * MAX_KEPT) {
            if (kept == edges.length) {
                edges = Arrays.copyOf(edges, 2 * kept);
            }
            edges[kept++] = Math.toIntExact(sinceMs / 1000);
            edges[kept++] = Math.toIntExact(until.toSeconds());
        }
    }

    /** All there were, kept or not, one that goes on included. */
    long count() {
        return count;
    }

    /** Of those that are over. */
    Duration total() {
        return total;
    }

    /** Of those that are over. */
    Duration longest() {
        return longest;
    }

    /** Begin, end, begin, end … in whole seconds, of those that are over. */
    int[] seconds() {
        return Arrays.copyOf(edges, kept);
    }
}
