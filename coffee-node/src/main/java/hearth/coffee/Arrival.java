package hearth.coffee;

import java.time.Duration;
import java.time.Instant;

/** A car is on its way. @param at when it should be home */
record Arrival(String trip, Instant at) {

    static final Arrival NONE = new Arrival("", Instant.MAX);

    /** It is nicer to find a cup than to watch it fill. */
    private static final Duration READY_BEFORE = Duration.ofMinutes(1);

    /** A car that is so late is not coming, or has come. */
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
