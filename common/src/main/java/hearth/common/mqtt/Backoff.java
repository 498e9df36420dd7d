package hearth.common.mqtt;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long to wait before the next attempt: 1 to 2 s, then 2 to 4 s, then 4 to 8 s for ever. Spread at random over each
 * span, or a house full of nodes would fall upon a broker that has just come back all at once.
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

    /** All was well for a while: the next trouble is a new one. */
    void reset() {
        currentMin = minDelay;
    }
}
