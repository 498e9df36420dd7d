package hearth.common.mqtt;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * The delay before the next attempt to connect: 1 to 2 s, then 2 to 4 s, then always 4 to 8 s. The delay is random
 * within each range, so that the nodes do not all connect to a restarted broker at the same moment.
 */
final class Backoff {

    private final Duration minDelay;
    private final Duration maxDelay;
    private final DoubleSupplier random;
    private Duration currentMin;

    /** @param random from 0.0 to less than 1.0 */
    Backoff(Duration minDelay, Duration maxDelay, DoubleSupplier random) {
        this.minDelay = minDelay;
        this.maxDelay = maxDelay;
        this.random = random;
        this.currentMin = minDelay;
    }

    static Backoff standard() {
        return new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(8), Math::random);
    }

    Duration next() {
        Duration delay = currentMin.plusNanos((long) (currentMin.toNanos() * random.getAsDouble()));
        Duration maxMin = maxDelay.dividedBy(2);
        Duration doubled = currentMin.multipliedBy(2);
        currentMin = doubled.compareTo(maxMin) < 0 ? doubled : maxMin;
        return delay;
    }

    /** Starts again with the shortest delay, after a connection that was stable. */
    void reset() {
        currentMin = minDelay;
    }
}
