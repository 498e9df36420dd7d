package hearth.proving.report;

import java.time.Duration;
import java.util.Arrays;

/** A value that stays until it changes; NaN while there is none. Stores the first {@link #MAX_KEPT} changes. */
final class StepSeries {

    static final int MAX_KEPT = 20_000;

    private int[] seconds = new int[16];
    private double[] values = new double[16];
    private int kept;
    private long count;
    private double last = Double.NaN;

    /** Does nothing if the value is unchanged. */
    void set(Duration at, double value) {
        if (Double.compare(value, last) == 0) {
            return;
        }
        last = value;
        count++;
        if (kept < MAX_KEPT) {
            if (kept == seconds.length) {
                seconds = Arrays.copyOf(seconds, 2 * kept);
                values = Arrays.copyOf(values, 2 * kept);
            }
            seconds[kept] = Math.toIntExact(at.toSeconds());
            values[kept++] = value;
        }
    }

    /** The number of all changes, stored or not. */
    long count() {
        return count;
    }

    int[] seconds() {
        return Arrays.copyOf(seconds, kept);
    }

    double[] values() {
        return Arrays.copyOf(values, kept);
    }
}
