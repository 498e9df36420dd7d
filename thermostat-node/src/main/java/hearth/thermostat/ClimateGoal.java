package hearth.thermostat;

import hearth.common.value.Celsius;

/** What the owner has set for the room: in the settings at first, later by commands. */
record ClimateGoal(Celsius target, Mode mode, Preset preset) {

    ClimateGoal withTarget(Celsius other) {
        return new ClimateGoal(other, mode, preset);
    }

    ClimateGoal withMode(Mode other) {
        return new ClimateGoal(target, other, preset);
    }

    ClimateGoal withPreset(Preset other) {
        return new ClimateGoal(target, mode, other);
    }

    /** The target for heating or cooling: with preset {@code away} the room may get colder and warmer. */
    Celsius targetFor(HeatOrCool kind, double awayShiftK) {
        return preset == Preset.AWAY ? kind.withMoreDemand(target, -awayShiftK) : target;
    }
}
