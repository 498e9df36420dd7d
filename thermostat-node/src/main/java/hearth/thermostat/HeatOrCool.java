package hearth.thermostat;

import hearth.common.value.Celsius;

/** Heating and cooling are mirror images; this is the mirror. */
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

    /** The name of its relay. */
    String output() {
        return this == HEAT ? "heat" : "cool";
    }

    /** How far the room is on this side's wrong side of a temperature, in kelvin: too cold to heat, too warm to cool. */
    double deficitK(Celsius room, Celsius wanted) {
        return this == HEAT ? wanted.minusK(room) : room.minusK(wanted);
    }

    /** A temperature that asks for this much more of this side's work. */
    Celsius withMoreDemand(Celsius from, double kelvin) {
        return from.plusK(this == HEAT ? kelvin : -kelvin);
    }
}
