package hearth.common.mqtt;

import java.time.Duration;
import java.time.Instant;

/** A token bucket: a burst at once, then one per period. Not thread-safe. */
final class RateLimiter {

    private final int burst;
    private final Duration period;
    private int available;
    private Instant refilledAt;

    RateLimiter(int burst, Duration period, Instant now) {
        this.burst = burst;
        this.period = period;
        this.available = burst;
        this.refilledAt = now;
    }

    boolean tryAcquire(Instant now) {
        long earned = Duration.between(refilledAt, now).dividedBy(period);
        if (earned > 0) {
            available = (int) Math.min(burst, available + earned);
            refilledAt = refilledAt.plus(period.multipliedBy(earned));
        }
        if (available == 0) {
            return false;
        }
        available--;
        return true;
    }
}
