package hearth.coffee;

/** The published phase of the machine. */
enum Phase {
    /** Ready for a brew. */
    IDLE,
    /** A car is on its way, or the state is being saved. */
    WAITING,
    BREWING,
    KEEPING_WARM,
    /** The coffee is ready; minimum pause. */
    DONE,
    /** A brew ended early; minimum pause. */
    INTERRUPTED,
    /** No brew for now: the node started shortly after a brew, or the daily limit is reached. */
    LOCKED
}
