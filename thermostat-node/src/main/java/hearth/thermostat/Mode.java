package hearth.thermostat;

/** What the airco may do. The names are Home Assistant's. */
enum Mode {
    OFF,
    HEAT,
    COOL,
    HEAT_COOL;

    boolean allows(Side side) {
        return this == HEAT_COOL || (side == Side.HEAT ? this == HEAT : this == COOL);
    }
}
