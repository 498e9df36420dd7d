package hearth.thermostat;

import java.time.Duration;
import java.time.Instant;

/**
 * What is wrong with a sensor, by one name. A loose wire fails in many ways by turns, and one name for it is enough: that
 * of the failure that made it a fault. Another one takes its place once it has been the only one for {@link #SAME_CODE_FOR}, or
 * whoever reads of no answer would not look for the short.
 *
 * @param failures readings in a row that were no good
 * @param code     the name
 * @param latestCode   what was wrong with the last of them
 * @param since    from when on nothing else was wrong
 */
record SensorFault(int failures, String code, String latestCode, Instant since) {

    /** One bad reading is noise on the wire, this many are a fault. */
    static final int FAILURES_TO_CONFIRM = 3;

    /** Longer than a wire that comes and goes says the same. */
    static final Duration SAME_CODE_FOR = Duration.ofSeconds(30);

    /** @param code what it is if no reading comes at all */
    static SensorFault initial(String code, Instant now) {
        return new SensorFault(0, code, code, now);
    }

    /** A fault without waiting for more of it. */
    static SensorFault confirmed(String code, Instant now) {
        return new SensorFault(FAILURES_TO_CONFIRM, code, code, now);
    }

    SensorFault withFailure(String failure, Instant now) {
        Instant from = failure.equals(latestCode) ? since : now;
        boolean named = isFault() && now.isBefore(from.plus(SAME_CODE_FOR));
        return new SensorFault(Math.min(failures + 1, FAILURES_TO_CONFIRM), named ? code : failure, failure, from);
    }

    boolean isFault() {
        return failures >= FAILURES_TO_CONFIRM;
    }
}
