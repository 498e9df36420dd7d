package hearth.thermostat;

/** How close to the target the room is kept. */
enum Preset {
    HOME,
    AWAY
}
