package hearth.coffee;

import java.time.Duration;
import java.time.Instant;

/**
 * What the machine does, and when the next brew may start.
 *
 * @param brew        the brew in progress; {@link Brew#NONE} without one
 * @param pauseUntil  no brew starts before this
 * @param pausePhase  the phase that is published during the pause
 * @param failedUntil the relay fault is published until this
 */
record MachineState(Brew brew, Instant pauseUntil, Phase pausePhase, Instant failedUntil) {

    MachineState with(Brew brew) {
        return new MachineState(brew, pauseUntil, pausePhase, failedUntil);
    }

    /** The brew has ended, or did not start. */
    MachineState withPause(Instant now, Duration pause, Phase phase) {
        return new MachineState(Brew.NONE, now.plus(pause), phase, failedUntil);
    }

    MachineState withFailure(Instant end) {
        return new MachineState(brew, pauseUntil, pausePhase, end);
    }
}
