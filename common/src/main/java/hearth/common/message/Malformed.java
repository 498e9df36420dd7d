package hearth.common.message;

/**
 * A received payload does not have the format of its topic. The message contains what was found and what was expected.
 */
public final class Malformed extends Exception {

    private static final long serialVersionUID = 1;
    private static final int MAX_SHOWN = 40;

    /** Without a stack trace: the mistake is the sender's, and a flood of such messages must cost little time. */
    public Malformed(String message) {
        super(message, null, false, false);
    }

    /** Received text in quotes, safe to show in a message: at most 40 characters, no control characters. */
    public static String quoted(String text) {
        String shown = text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
        return "'" + shown.replaceAll("\\p{Cc}", "?") + "'";
    }

    /** The reason, for the sender. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
