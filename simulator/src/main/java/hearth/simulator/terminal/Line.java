package hearth.simulator.terminal;

/**
 * A line of a story: something new, between what leads to it and what explains it.
 *
 * @param time   such as {@code 11:37}; empty for none
 * @param before such as {@code room 18.0 °C}, with the blanks behind it
 * @param after  such as {@code (relay 17)}, with the blanks before it
 */
public record Line(String time, String before, Ink ink, String news, String after) {

    public static Line of(Ink ink, String news) {
        return new Line("", "", ink, news, "");
    }

    /** As it stands in a pipe. */
    public String text() {
        return lead() + before + news + after;
    }

    /** As it stands at a terminal: the time and what explains in the background, the news in their colour. */
    public String painted(Terminal terminal) {
        return terminal.painted(Ink.ROUTINE, lead())
                + terminal.painted(ink == Ink.ROUTINE ? ink : Ink.PLAIN, before)
                + terminal.painted(ink, news)
                + terminal.painted(Ink.ROUTINE, after);
    }

    private String lead() {
        return time.isEmpty() ? "" : time + "  ";
    }
}
