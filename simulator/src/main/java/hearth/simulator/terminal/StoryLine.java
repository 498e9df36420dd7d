package hearth.simulator.terminal;

/**
 * One printed line: an event, with its context before it and a detail after it.
 *
 * @param time    such as {@code 11:37}; empty for none
 * @param context such as {@code room 18.0 °C}, with the spaces after it
 * @param detail  such as {@code (relay 17)}, with the spaces before it
 */
public record StoryLine(String time, String context, TextStyle style, String event, String detail) {

    public static StoryLine of(TextStyle style, String event) {
        return new StoryLine("", "", style, event, "");
    }

    /** The line as plain text. */
    public String text() {
        return plainPrefix() + context + event + detail;
    }

    /** The line for a terminal: the event in its colour, the time and the detail in a faint one. */
    public String styled(Terminal terminal) {
        return terminal.styled(TextStyle.ROUTINE, plainPrefix())
                + terminal.styled(style == TextStyle.ROUTINE ? style : TextStyle.PLAIN, context)
                + terminal.styled(style, event)
                + terminal.styled(TextStyle.ROUTINE, detail);
    }

    private String plainPrefix() {
        return time.isEmpty() ? "" : time + "  ";
    }
}
