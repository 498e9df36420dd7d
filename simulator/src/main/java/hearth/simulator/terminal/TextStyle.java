package hearth.simulator.terminal;

/** The kind of a text and its colour: muted, readable on a dark and on a light background. */
public enum TextStyle {
    PLAIN(""),
    /** Routine events and explanations. */
    ROUTINE("2"),
    /** Also shown in the status line, so not printed if there is one. */
    STATUS("2"),
    HEATING("38;5;173"),
    COOLING("38;5;74"),
    COFFEE("38;5;137"),
    FAULT("38;5;167"),
    GOOD("38;5;107");

    final String code;

    TextStyle(String code) {
        this.code = code;
    }
}
