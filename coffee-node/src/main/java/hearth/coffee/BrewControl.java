package hearth.coffee;

/** How the relay starts a brew. */
enum BrewControl {
    /** The relay switches the mains of the machine: on for the brew and for keeping warm. */
    SWITCHED,
    /** The relay presses the button of the machine. */
    BUTTON
}
