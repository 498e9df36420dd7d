package hearth.thermostat;

import java.time.Duration;
import java.time.Instant;

/**
 * What is wrong with a sensor, by one name. A loose wire fails in many ways by turns, and one name for it is enough: that
 * of the failure that made it a fault. Another one takes its place once it has been the only one for {@link #STEADY}, or
 * whoever reads of no answer would not look for the short.
 *
 * @param failures readings in a row that were no good
 * @param code     the name
 * @param latest   what was wrong with the last of them
 * @param since    from when on nothing else was wrong
 */
record Ailment(int failures, String code, String latest, Instant since) {

    /** One bad reading is noise on the wire, this many are a fault. */
    static final int CONFIRMED = 3;

    /** Longer than a wire that comes and goes says the same. */
    static final Duration STEADY = Duration.ofSeconds(30);

    /** @param code what it is if no reading comes at all */
    static Ailment none(String code, Instant now) {
        return new Ailment(0, code, code, now);
    }

    /** A fault without waiting for more of it. */
    static Ailment certain(String code, Instant now) {
        return new Ailment(CONFIRMED, code, code, now);
    }

    Ailment and(String failure, Instant now) {
        Instant from = failure.equals(latest) ? since : now;
        boolean named = isFault() && now.isBefore(from.plus(STEADY));
        return new Ailment(Math.min(failures + 1, CONFIRMED), named ? code : failure, failure, from);
    }

    boolean isFault() {
        return failures >= CONFIRMED;
    }
}
