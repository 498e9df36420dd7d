package hearth.thermostat;

import java.time.Duration;
import java.time.Instant;

/**
 * The fault of a sensor as one code. A loose wire fails in several ways in turn, so the code stays that of the failure
 * that made it a fault. Another code replaces it once it has been the only one for {@link #SAME_CODE_FOR}: a sensor that
 * first did not answer and is now shorted is published as shorted.
 *
 * @param failures   failed readings in a row
 * @param code       the published code
 * @param latestCode the code of the latest failure
 * @param since      since when {@code latestCode} has been the only one
 */
record SensorFault(int failures, String code, String latestCode, Instant since) {

    /** One failed reading is noise on the wire, this many in a row are a fault. */
    static final int FAILURES_TO_CONFIRM = 3;

    /** Longer than a loose wire fails in the same way. */
    static final Duration SAME_CODE_FOR = Duration.ofSeconds(30);

    /** @param code the code if there is no reading at all */
    static SensorFault initial(String code, Instant now) {
        return new SensorFault(0, code, code, now);
    }

    /** A fault at once, without more failed readings. */
    static SensorFault confirmed(String code, Instant now) {
        return new SensorFault(FAILURES_TO_CONFIRM, code, code, now);
    }

    SensorFault withFailure(String failure, Instant now) {
        Instant from = failure.equals(latestCode) ? since : now;
        boolean keepsCode = isFault() && now.isBefore(from.plus(SAME_CODE_FOR));
        return new SensorFault(Math.min(failures + 1, FAILURES_TO_CONFIRM), keepsCode ? code : failure, failure, from);
    }

    boolean isFault() {
        return failures >= FAILURES_TO_CONFIRM;
    }
}
