package hearth.coffee;

import java.time.Duration;
import java.time.Instant;

/** A car is on its way home. @param at its expected arrival */
record Arrival(String trip, Instant at) {

    static final Arrival NONE = new Arrival("", Instant.MAX);

    /** The coffee is ready this long before the arrival. */
    private static final Duration READY_BEFORE = Duration.ofMinutes(1);

    /** A car that is later than this is not coming, or has arrived without a message. */
    private static final Duration GRACE_PERIOD = Duration.ofMinutes(10);

    boolean exists() {
        return !equals(NONE);
    }

    Instant brewAt(Duration brewTime) {
        return at.minus(brewTime).minus(READY_BEFORE);
    }

    Instant expiresAt() {
        return at.plus(GRACE_PERIOD);
    }
}
