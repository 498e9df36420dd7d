package hearth.thermostat;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * One of the two outputs: its present state, and the earliest time for the next start.
 *
 * @param since       time of the last switching; the boot, at first
 * @param pauseUntil  the output stays off until then
 * @param pauseReason the cause of the pause: a stable code for {@code reason}
 * @param failedUntil the relay fault is published until then; {@link Instant#MIN} if the last start succeeded
 */
record Output(boolean on, Instant since, Instant pauseUntil, String pauseReason, Instant failedUntil) {

    /** The next start is tried no sooner after a failed one. */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    /** From the next possible start. If the output is still wanted it is tried by then; if not, the fault ends. */
    private static final Duration FAULT_SHOWN_FOR = Duration.ofMinutes(1);

    /** An output that stays on for this long works again. */
    private static final Duration FAULT_CLEARS_AFTER = Duration.ofSeconds(1);

    /** A boot counts as a switch-off: repeated power cuts must not short-cycle a compressor. */
    static Output atBoot(Instant now, Duration minOff, Duration deadTime) {
        return new Output(false, now, now.plus(minOff), "boot", Instant.MIN).withPause(now.plus(deadTime), "boot");
    }

    Output switchedOn(Instant now) {
        return new Output(true, now, pauseUntil, pauseReason, failedUntil);
    }

    Output switchedOff(Instant now, Duration minOff) {
        return new Output(false, now, now.plus(minOff), "min-off", Instant.MIN);
    }

    /** Pauses at least until then. */
    Output withPause(Instant until, String reason) {
        return until.isAfter(pauseUntil) ? new Output(on, since, until, reason, failedUntil) : this;
    }

    /** The other output went off. */
    Output withDeadTime(Instant until) {
        return withPause(until, "dead-time");
    }

    /** The start failed. The relay may have moved despite the error, so the output pauses as after a switch-off. */
    Output withFailure(Instant now, Duration minOff) {
        Instant retryAt = Collections.max(List.of(now.plus(minOff), now.plus(RETRY_AFTER)));
        return new Output(false, now, retryAt, "relay-failed", retryAt.plus(FAULT_SHOWN_FOR));
    }

    boolean hasFailedRecently(Instant now) {
        boolean worksAgain = on && !now.isBefore(since.plus(FAULT_CLEARS_AFTER));
        return now.isBefore(failedUntil) && !worksAgain;
    }

    Stream<Instant> deadlines(RelaySettings relay) {
        return Stream.of(
                pauseUntil,
                since.plus(relay.minOn()),
                since.plus(relay.maxOn()),
                since.plus(FAULT_CLEARS_AFTER),
                failedUntil);
    }
}
