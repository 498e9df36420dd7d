package hearth.coffee;

import java.time.Duration;
import java.time.Instant;

/**
 * What the machine does and when it may do something else.
 *
 * @param brew      under way; {@link Brew#NONE} if none is
 * @param restUntil no brew before
 * @param restPhase what the house is told while it rests
 * @param failedUntil so long the house is told that the relay did not switch on
 */
record Machine(Brew brew, Instant restUntil, Phase restPhase, Instant failedUntil) {

    Machine with(Brew brew) {
        return new Machine(brew, restUntil, restPhase, failedUntil);
    }

    /** The brew is over, or never came to be. */
    Machine resting(Instant now, Duration rest, Phase phase) {
        return new Machine(Brew.NONE, now.plus(rest), phase, failedUntil);
    }

    Machine failing(Instant end) {
        return new Machine(brew, restUntil, restPhase, end);
    }
}
