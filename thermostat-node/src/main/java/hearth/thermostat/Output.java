package hearth.thermostat;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;

/**
 * One of the two relays: what it does and when it may do something else.
 *
 * @param since     when it was last switched; the boot, at first
 * @param pauseUntil not on before
 * @param pauseReason   what it rests after: a stable code for {@code reason}
 * @param failedUntil so long it is told that the last try to switch it on did not work; {@link Instant#MIN} if it did
 */
record Output(boolean on, Instant since, Instant pauseUntil, String pauseReason, Instant failedUntil) {

    /** Too soon after a failure for another try. */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    /** Until then it is tried again, if it is wanted; if not, it is no longer news. */
    private static final Duration FAULT_SHOWN_FOR = Duration.ofMinutes(1);

    /** So long on, and the relay is known to work again. */
    static final Duration FAULT_CLEARS_AFTER = Duration.ofSeconds(1);

    /** A boot counts as a switch-off: a power cut that flickers must not short-cycle a compressor. */
    static Output atBoot(Instant now, Duration minOff, Duration deadTime) {
        return new Output(false, now, now.plus(minOff), "boot", Instant.MIN).withPause(now.plus(deadTime), "boot");
    }

    Output switchedOn(Instant now) {
        return new Output(true, now, pauseUntil, pauseReason, failedUntil);
    }

    Output switchedOff(Instant now, Duration minOff) {
        return new Output(false, now, now.plus(minOff), "min-off", Instant.MIN);
    }

    /** It rests so long at least. */
    Output withPause(Instant until, String why) {
        return until.isAfter(pauseUntil) ? new Output(on, since, until, why, failedUntil) : this;
    }

    /** The other relay went off: there is a dead time between the two. */
    Output withDeadTime(Instant until) {
        return withPause(until, "dead-time");
    }

    /** It could not be driven on. An error does not mean that nothing moved: it rests as after a run. */
    Output withFailure(Instant now, Duration minOff) {
        Instant again = Collections.max(List.of(now.plus(minOff), now.plus(RETRY_AFTER)));
        return new Output(false, now, again, "relay-failed", again.plus(FAULT_SHOWN_FOR));
    }

    boolean hasFailedRecently(Instant now) {
        boolean worksAgain = on && !now.isBefore(since.plus(FAULT_CLEARS_AFTER));
        return now.isBefore(failedUntil) && !worksAgain;
    }
}
