package hearth.thermostat;

import java.time.Duration;
import java.time.Instant;

/**
 * The decision for one output. The same object switches the output and is published as the reason.
 *
 * @param on     whether the output is to be on
 * @param wanted whether the room needs heating or cooling, allowed or not
 * @param code   a stable code for {@code reason}, such as {@code min-off}
 * @param until  when this verdict ends; {@link Instant#MAX} if that cannot be known
 * @param pause  after a stop, the pause if it is longer than {@code min-off}
 */
record Verdict(boolean on, boolean wanted, String code, Instant until, Duration pause) {

    private static final String TARGET_REACHED = "target-reached";

    /** The room needs it. */
    static Verdict on(String code, Instant until) {
        return new Verdict(true, true, code, until, Duration.ZERO);
    }

    /** The room no longer needs it, but the period is shorter than {@code min-on}. */
    static Verdict minimumOn(Instant until) {
        return new Verdict(true, false, "min-on", until, Duration.ZERO);
    }

    /** Not needed or not allowed. */
    static Verdict off(String code) {
        return new Verdict(false, false, code, Instant.MAX, Duration.ZERO);
    }

    static Verdict targetReached() {
        return off(TARGET_REACHED);
    }

    /** Needed, but a limit is reached. */
    static Verdict stop(String code, Duration pause) {
        return new Verdict(false, true, code, Instant.MAX, pause);
    }

    /** Needed, but not yet possible. */
    static Verdict waiting(String code, Instant until) {
        return new Verdict(false, true, code, until, Duration.ZERO);
    }

    boolean isTargetReached() {
        return code.equals(TARGET_REACHED);
    }
}
