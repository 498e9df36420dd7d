package hearth.common.mqtt;

import java.time.Duration;
import java.time.Instant;

/** So many at once, then one every while: a token bucket. Not safe for several threads. */
final class Allowance {

    private final int atOnce;
    private final Duration every;
    private int left;
    private Instant filledAt;

    Allowance(int atOnce, Duration every, Instant now) {
        this.atOnce = atOnce;
        this.every = every;
        this.left = atOnce;
        this.filledAt = now;
    }

    boolean take(Instant now) {
        long earned = Duration.between(filledAt, now).dividedBy(every);
        if (earned > 0) {
            left = (int) Math.min(atOnce, left + earned);
            filledAt = filledAt.plus(every.multipliedBy(earned));
        }
        if (left == 0) {
            return false;
        }
        left--;
        return true;
    }
}
