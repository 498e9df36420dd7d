package hearth.simulator.terminal;

import java.io.PrintStream;
import java.util.Map;

/**
 * Writes lines. In a real terminal a status line below them is redrawn in place, and colour is possible; in a pipe or
 * a file there are only lines of plain text. Not thread-safe.
 */
public final class Terminal {

    private static final String TO_BEGIN_OF_LINE = "\r";
    private static final String ERASE_REST = "\033[K";

    /** Cuts a line at the width of the window: a second row would stay on the screen when it is redrawn. */
    private static final String NO_WRAP = "\033[?7l";

    private static final String WRAP = "\033[?7h";

    private final PrintStream out;
    private final boolean inPlace;
    private final boolean colour;
    private String status = "";

    private Terminal(PrintStream out, boolean inPlace, boolean colour) {
        this.out = out;
        this.inPlace = inPlace;
        this.colour = colour;
    }

    /**
     * @param real        whether the output is a terminal: {@code test -t 1}
     * @param environment {@code TERM=dumb} requests plain lines, {@code NO_COLOR} no colour
     */
    public static Terminal of(PrintStream out, boolean real, Map<String, String> environment) {
        String kind = environment.getOrDefault("TERM", "dumb");
        boolean inPlace = real && !kind.isEmpty() && !kind.equals("dumb");
        boolean colour = inPlace && environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Terminal(out, inPlace, colour);
    }

    /** Whether there is a status line. */
    public boolean inPlace() {
        return inPlace;
    }

    /** The text in its colour; unchanged without colour. */
    public String styled(TextStyle style, String text) {
        return colour && !style.code.isEmpty() && !text.isEmpty()
                ? "\033[" + style.code + "m" + text + "\033[0m"
                : text;
    }

    /** Writes a line, above the status line if there is one. */
    public void printLine(String text) {
        write(status.isEmpty() ? text + "\n" : TO_BEGIN_OF_LINE + ERASE_REST + text + "\n" + statusText(status));
    }

    /** Replaces the status line. Does nothing in a pipe, or if the text is unchanged. */
    public void status(String text) {
        if (inPlace && !text.equals(status)) {
            status = text;
            write(statusText(text));
        }
    }

    /** Removes the status line; the next line is printed in its place. */
    public void endStatus() {
        if (!status.isEmpty()) {
            status = "";
            write(TO_BEGIN_OF_LINE + ERASE_REST);
        }
    }

    private static String statusText(String status) {
        return TO_BEGIN_OF_LINE + NO_WRAP + status + ERASE_REST + WRAP;
    }

    private void write(String text) {
        out.print(text);
        out.flush();
    }
}
