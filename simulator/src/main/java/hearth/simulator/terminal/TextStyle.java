package hearth.simulator.terminal;

/** What a piece of text is about, and so its colour: one each, muted, readable on dark and on light. */
public enum TextStyle {
    PLAIN(""),
    /** What passes by every day, and what only explains. */
    ROUTINE("2"),
    /** What a status line says as well: not told where there is one. */
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
