package hearth.simulator.terminal;

import java.io.PrintStream;
import java.util.Map;

/**
 * Where lines are written. At a real terminal a status line stays under them and is redrawn in place, and there may be
 * colour; in a pipe or a file there are lines of plain text and nothing else. For one thread.
 */
public final class Terminal {

    private static final String TO_BEGIN_OF_LINE = "\r";
    private static final String ERASE_REST = "\033[K";

    /** A line longer than the window is cut: a second row would stay behind when it is redrawn. */
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
     * @param real        whether somebody sits at it: {@code test -t 1}
     * @param environment of which {@code TERM=dumb} asks for plain lines, and {@code NO_COLOR} for no colour
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

    /** The text in its colour, or as it is. */
    public String styled(TextStyle ink, String text) {
        return colour && !ink.code.isEmpty() && !text.isEmpty() ? "\033[" + ink.code + "m" + text + "\033[0m" : text;
    }

    /** Writes a line, above the status line where there is one. */
    public void printLine(String text) {
        write(status.isEmpty() ? text + "\n" : TO_BEGIN_OF_LINE + ERASE_REST + text + "\n" + statusText(status));
    }

    /** Replaces the status line. Does nothing without one, or if it says this already. */
    public void status(String text) {
        if (inPlace && !text.equals(status)) {
            status = text;
            write(statusText(text));
        }
    }

    /** Takes the status line away; the next line takes its place. */
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
