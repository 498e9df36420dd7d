package hearth.simulator.terminal;

/**
 * A line of a story: something new, between what leads to it and what explains it.
 *
 * @param time   such as {@code 11:37}; empty for none
 * @param context such as {@code room 18.0 °C}, with the blanks behind it
 * @param detail  such as {@code (relay 17)}, with the blanks before it
 */
public record StoryLine(String time, String context, TextStyle style, String event, String detail) {

    public static StoryLine of(TextStyle ink, String news) {
        return new StoryLine("", "", ink, news, "");
    }

    /** As it stands in a pipe. */
    public String text() {
        return plainPrefix() + context + event + detail;
    }

    /** As it stands at a terminal: the time and what explains in the background, the news in their colour. */
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
