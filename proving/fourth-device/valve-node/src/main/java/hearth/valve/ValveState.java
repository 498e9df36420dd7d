package hearth.valve;

import hearth.common.core.CommonState;
import hearth.common.core.NodeState;
import hearth.valve.Valve.Soil;
import java.time.Instant;
import java.time.LocalTime;

/**
 * The state of a valve, and the part that every node has.
 *
 * @param openUntil   the valve is open before this instant
 * @param failedUntil the fault of the relay is published before this instant
 * @param clock       the time of day when the clock was read last
 */
record ValveState(Instant openUntil, Instant failedUntil, Soil soil, LocalTime clock, CommonState common)
        implements NodeState<ValveState> {

    /** Before the clock is read, and without a schedule. */
    static final LocalTime NO_TIME = LocalTime.MAX;

    boolean isOpen(Instant now) {
        return now.isBefore(openUntil);
    }

    ValveState withOpenUntil(Instant until) {
        return new ValveState(until, failedUntil, soil, clock, common);
    }

    ValveState withFailedUntil(Instant until) {
        return new ValveState(openUntil, until, soil, clock, common);
    }

    ValveState with(Soil read) {
        return new ValveState(openUntil, failedUntil, read, clock, common);
    }

    ValveState with(LocalTime read) {
        return new ValveState(openUntil, failedUntil, soil, read, common);
    }

    @Override
    public ValveState with(CommonState other) {
        return new ValveState(openUntil, failedUntil, soil, clock, other);
    }
}
