package hearth.proving.report;

import java.time.Duration;
import java.util.Arrays;

/** Lowest, mean and highest value in buckets of equal duration. Memory is proportional to the number of buckets. */
final class TimeBuckets {

    private final Duration width;
    private final double[] lowest;
    private final double[] sum;
    private final double[] highest;
    private final int[] samples;
    private int bucketCount;

    TimeBuckets(Duration length, Duration width) {
        int count = Math.toIntExact(length.plus(width).minusNanos(1).dividedBy(width));
        this.width = width;
        this.lowest = new double[count];
        this.sum = new double[count];
        this.highest = new double[count];
        this.samples = new int[count];
        Arrays.fill(lowest, Double.POSITIVE_INFINITY);
        Arrays.fill(highest, Double.NEGATIVE_INFINITY);
    }

    /** A value after the end counts for the last bucket. */
    void add(Duration at, double value) {
        int bucket = (int) Math.min(lowest.length - 1L, at.toMillis() / width.toMillis());
        lowest[bucket] = Math.min(lowest[bucket], value);
        highest[bucket] = Math.max(highest[bucket], value);
        sum[bucket] += value;
        samples[bucket]++;
        bucketCount = Math.max(bucketCount, bucket + 1);
    }

    /** The number of buckets up to the last one with a sample. */
    int bucketCount() {
        return bucketCount;
    }

    /** NaN for a bucket without a sample, also in the other series. */
    double[] lowest() {
        return nanIfEmpty(lowest);
    }

    double[] mean() {
        double[] mean = new double[bucketCount];
        Arrays.setAll(mean, bucket -> sum[bucket] / samples[bucket]);
        return mean;
    }

    double[] highest() {
        return nanIfEmpty(highest);
    }

    private double[] nanIfEmpty(double[] values) {
        double[] some = new double[bucketCount];
        Arrays.setAll(some, bucket -> samples[bucket] == 0 ? Double.NaN : values[bucket]);
        return some;
    }
}
