package hearth.coffee;

import java.time.Duration;
import java.time.Instant;

/**
 * What the machine does and when it may do something else.
 *
 * @param brew      under way; {@link Brew#NONE} if none is
 * @param pauseUntil no brew before
 * @param pausePhase what the house is told while it rests
 * @param failedUntil so long the house is told that the relay did not switch on
 */
record MachineState(Brew brew, Instant pauseUntil, Phase pausePhase, Instant failedUntil) {

    MachineState with(Brew brew) {
        return new MachineState(brew, pauseUntil, pausePhase, failedUntil);
    }

    /** The brew is over, or never came to be. */
    MachineState withPause(Instant now, Duration rest, Phase phase) {
        return new MachineState(Brew.NONE, now.plus(rest), phase, failedUntil);
    }

    MachineState withFailure(Instant end) {
        return new MachineState(brew, pauseUntil, pausePhase, end);
    }
}
