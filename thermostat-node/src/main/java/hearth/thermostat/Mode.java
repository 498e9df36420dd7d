package hearth.thermostat;

/** What the airco may do. The names are Home Assistant's. */
enum Mode {
    OFF,
    HEAT,
    COOL,
    HEAT_COOL;

    boolean allows(HeatOrCool side) {
        return this == HEAT_COOL || (side == HeatOrCool.HEAT ? this == HEAT : this == COOL);
    }
}
