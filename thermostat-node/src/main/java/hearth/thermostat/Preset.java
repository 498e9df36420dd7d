package hearth.thermostat;

/** Whether the room is kept close to the target ({@code HOME}), or may get colder and warmer ({@code AWAY}). */
enum Preset {
    HOME,
    AWAY
}
