package hearth.thermostat;

/** What the airco does, or needs to do. The names are those of Home Assistant. */
enum Action {
    OFF,
    IDLE,
    HEATING,
    COOLING
}
