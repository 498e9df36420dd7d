package hearth.coffee;

/** How the machine is told to brew. */
enum BrewControl {
    /** Its relay is the machine's mains: on for the brew and for keeping warm. */
    SWITCHED,
    /** Its relay is a finger on the machine's button. */
    BUTTON
}
