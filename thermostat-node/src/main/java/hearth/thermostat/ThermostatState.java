package hearth.thermostat;

import hearth.common.core.CommonState;
import hearth.common.core.NodeState;
import hearth.common.value.Celsius;
import java.time.Instant;

/** The state of a thermostat: its own sensor, its airco, and the part that every node has. */
record ThermostatState(SensorState sensor, ClimateState climate, CommonState common)
        implements NodeState<ThermostatState> {

    ThermostatState with(SensorState other) {
        return new ThermostatState(other, climate, common);
    }

    ThermostatState with(ClimateState other) {
        return new ThermostatState(sensor, other, common);
    }

    ThermostatState with(ClimateGoal goal) {
        return with(climate.with(goal));
    }

    @Override
    public ThermostatState with(CommonState other) {
        return new ThermostatState(sensor, climate, other);
    }

    ThermostatState withReading(String source, Celsius temperature, Instant measuredAt, ThermostatSettings settings) {
        boolean plausible = settings.sensor().isPlausible(temperature);
        return with(climate.withReading(source, temperature, plausible, measuredAt, settings.climate()));
    }
}
