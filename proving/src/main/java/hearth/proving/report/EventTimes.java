package hearth.proving.report;

import java.time.Duration;
import java.util.Arrays;

/** Times of one kind of event, in seconds and in order, with their durations. Stores the first {@link #MAX_KEPT}. */
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

    /** @param duration zero if unknown */
    void add(Duration at, Duration duration) {
        if (count++ == 0) {
            first = at;
        }
        last = at;
        if (kept < MAX_KEPT) {
            if (kept == seconds.length) {
                seconds = Arrays.copyOf(seconds, 2 * kept);
                lengths = Arrays.copyOf(lengths, 2 * kept);
            }
            lengths[kept] = (int) Math.min(Integer.MAX_VALUE, duration.toSeconds());
            seconds[kept++] = Math.toIntExact(at.toSeconds());
        }
    }

    /** The number of all events, stored or not. */
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

    /** The duration of each stored event in seconds. */
    int[] lengths() {
        return Arrays.copyOf(lengths, kept);
    }
}
