package hearth.thermostat;

import java.time.Duration;
import java.time.Instant;

/**
 * One of the two relays: what it does and when it may do something else.
 *
 * @param since     when it was last switched; the boot, at first
 * @param restUntil not on before
 * @param restWhy   what it rests after: a stable code for {@code reason}
 * @param failed    the last try to switch it on did not work
 */
record Output(boolean on, Instant since, Instant restUntil, String restWhy, boolean failed) {

    /** Too soon after a failure for another try. */
    static final Duration TRY_AGAIN = Duration.ofSeconds(10);

    /** So long on, and the relay is known to work again. */
    static final Duration WORKS = Duration.ofSeconds(1);

    /** A boot counts as a switch-off: a power cut that flickers must not short-cycle a compressor. */
    static Output atBoot(Instant now, Duration rest) {
        return new Output(false, now, now.plus(rest), "boot", false);
    }

    Output switchedOn(Instant now) {
        return new Output(true, now, restUntil, restWhy, failed);
    }

    Output switchedOff(Instant now, Duration rest, String why) {
        return new Output(false, now, now.plus(rest), why, false);
    }

    /** The other relay went off: there is a dead time between the two. */
    Output keptApart(Instant until) {
        return until.isAfter(restUntil) ? new Output(on, since, until, "dead-time", failed) : this;
    }

    /** It could not be driven on: at once, or in the middle of a run, which then counts as one. */
    Output failing(Instant now, Duration rest) {
        boolean ran = on && since.isBefore(now);
        Duration pause = ran && rest.compareTo(TRY_AGAIN) > 0 ? rest : TRY_AGAIN;
        return new Output(false, now, now.plus(pause), "relay-failed", true);
    }

    boolean failedLately(Instant now) {
        return failed && !(on && !now.isBefore(since.plus(WORKS)));
    }
}
