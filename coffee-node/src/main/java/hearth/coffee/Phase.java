package hearth.coffee;

/** What the house is told of the machine. */
enum Phase {
    /** Ready for a brew. */
    IDLE,
    /** A car is on its way, or the memory is being written. */
    WAITING,
    BREWING,
    KEEPING_WARM,
    /** There is coffee; the machine rests. */
    DONE,
    /** A brew was cut short; the machine rests. */
    INTERRUPTED,
    /** No brew for now: it was brewing shortly before it was started, or the day's coffee is used up. */
    LOCKED
}
