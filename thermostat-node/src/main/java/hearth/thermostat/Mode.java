package hearth.thermostat;

/** What the airco may do. The names are those of Home Assistant. */
enum Mode {
    OFF,
    HEAT,
    COOL,
    HEAT_COOL;

    boolean allows(HeatOrCool kind) {
        return this == HEAT_COOL || (kind == HeatOrCool.HEAT ? this == HEAT : this == COOL);
    }
}
