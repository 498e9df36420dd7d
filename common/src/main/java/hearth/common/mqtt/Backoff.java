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
    Backoff(Duration least, Duration most, DoubleSupplier random) {
        this.minDelay = least;
        this.maxDelay = most;
        this.random = random;
        this.currentMin = least;
    }

    static Backoff standard() {
        return new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(8), Math::random);
    }

    Duration next() {
        Duration delay = currentMin.plusNanos((long) (currentMin.toNanos() * random.getAsDouble()));
        Duration longest = maxDelay.dividedBy(2);
        Duration doubled = currentMin.multipliedBy(2);
        currentMin = doubled.compareTo(longest) < 0 ? doubled : longest;
        return delay;
    }

    /** All was well for a while: the next trouble is a new one. */
    void reset() {
        currentMin = minDelay;
    }
}
