package hearth.proving.report;

import java.time.Duration;
import java.util.Arrays;

/** Moments of one kind of event, to the second, in order, and how long each lasted. Keeps the first {@link #MAX_KEPT}, counts them all. */
final class EventTimes {

    static final int MAX_KEPT = 20_000;

    private int[] seconds = new int[16];
    private int[] lengths = new int[16];
    private int kept;
    private long count;
    private Duration first = Duration.ZERO;
    private Duration last = Duration.ZERO;

    void add(Duration at) {
        add(at, Duration.ZERO);
    }

    /** @param lasted nought if that is not known */
    void add(Duration at, Duration lasted) {
        if (count++ == 0) {
            first = at;
        }
        last = at;
        if (kept < MAX_KEPT) {
            if (kept == seconds.length) {
                seconds = Arrays.copyOf(seconds, 2 * kept);
                lengths = Arrays.copyOf(lengths, 2 * kept);
            }
            lengths[kept] = (int) Math.min(Integer.MAX_VALUE, lasted.toSeconds());
            seconds[kept++] = Math.toIntExact(at.toSeconds());
        }
    }

    /** All there were, kept or not. */
    long count() {
        return count;
    }

    Duration first() {
        return first;
    }

    Duration last() {
        return last;
    }

    int[] seconds() {
        return Arrays.copyOf(seconds, kept);
    }

    /** How many seconds each of those lasted. */
    int[] lengths() {
        return Arrays.copyOf(lengths, kept);
    }
}
