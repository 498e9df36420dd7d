package hearth.thermostat;

/** What the airco does, or would like to. The names are Home Assistant's. */
enum Action {
    OFF,
    IDLE,
    HEATING,
    COOLING
}
