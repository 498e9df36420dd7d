package hearth.proving.report;

import java.time.Duration;
import java.util.Arrays;

/** Intervals, such as the times a relay was on or a fault lasted. Stores the first {@link #MAX_KEPT}, counts all. */
final class Intervals {

    static final int MAX_KEPT = 50_000;

    private static final long NOT_RUNNING = -1;

    private int[] edges = new int[32];
    private int kept;
    private long count;
    private long sinceMs = NOT_RUNNING;
    private Duration total = Duration.ZERO;
    private Duration longest = Duration.ZERO;

    /** Does nothing inside an interval. */
    void begin(Duration at) {
        if (sinceMs == NOT_RUNNING) {
            sinceMs = at.toMillis();
            count++;
        }
    }

    /** Does nothing outside an interval. */
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

    /** The number of all intervals, stored or not, including one that has not ended. */
    long count() {
        return count;
    }

    /** Of the ended intervals. */
    Duration total() {
        return total;
    }

    /** Of the ended intervals. */
    Duration longest() {
        return longest;
    }

    /** Begin, end, begin, end … of the ended intervals, in whole seconds. */
    int[] seconds() {
        return Arrays.copyOf(edges, kept);
    }
}
