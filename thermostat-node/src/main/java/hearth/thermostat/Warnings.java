package hearth.thermostat;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** Faults that are published and stop nothing. */
record Warnings(StuckSensorMonitor stuckSensor, RunawayMonitor runaway) {

    static final Warnings NONE = new Warnings(StuckSensorMonitor.NONE, RunawayMonitor.NONE);

    /** The reading of a source differs from the one before. */
    Warnings valueChanged(String source, Instant at) {
        return new Warnings(stuckSensor.valueChanged(source, at), runaway);
    }

    /** @param before the state before this decision */
    Warnings updated(ClimateState before, ClimateState state, Optional<RoomTemperature> room, Instant now) {
        boolean heating = state.isOn(HeatOrCool.HEAT);
        boolean cooling = state.isOn(HeatOrCool.COOL);
        return new Warnings(stuckSensor.running(heating || cooling, now), runaway(before, state, room, now));
    }

    Stream<Instant> deadlines() {
        return Stream.concat(stuckSensor.deadlines(), Stream.of(runaway.deadline()));
    }

    private RunawayMonitor runaway(
            ClimateState before, ClimateState state, Optional<RoomTemperature> seen, Instant now) {
        if (state.isOn(HeatOrCool.HEAT)) {
            return RunawayMonitor.NONE;
        }
        if (seen.isEmpty()) {
            return runaway;
        }
        RoomTemperature room = seen.get();
        boolean heated = before.isOn(HeatOrCool.HEAT);
        boolean cooled = before.isOn(HeatOrCool.COOL) && !state.isOn(HeatOrCool.COOL);
        RunawayMonitor known = heated ? RunawayMonitor.start(room, now) : cooled ? runaway.afterCooling(room) : runaway;
        return known.updated(room, state.goal().target(), state.isOn(HeatOrCool.COOL), now);
    }
}
