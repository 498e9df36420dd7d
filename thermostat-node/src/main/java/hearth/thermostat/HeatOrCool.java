package hearth.thermostat;

import hearth.common.value.Celsius;

/** The two kinds of output. Their rules are the same, with the temperatures mirrored here. */
enum HeatOrCool {
    HEAT(Action.HEATING),
    COOL(Action.COOLING);

    private final Action action;

    HeatOrCool(Action action) {
        this.action = action;
    }

    HeatOrCool other() {
        return this == HEAT ? COOL : HEAT;
    }

    Action action() {
        return action;
    }

    /** The name of the output in settings, effects and reports. */
    String output() {
        return this == HEAT ? "heat" : "cool";
    }

    /** How much too cold (heating) or too warm (cooling) the room is, in kelvin; negative if it is not. */
    double deficitK(Celsius room, Celsius limit) {
        return this == HEAT ? limit.minusK(room) : room.minusK(limit);
    }

    /** A higher temperature for heating, a lower one for cooling. */
    Celsius withMoreDemand(Celsius from, double kelvin) {
        return from.plusK(this == HEAT ? kelvin : -kelvin);
    }
}
