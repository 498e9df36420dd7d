package hearth.common.message;

/** What came over the bus is not what its topic carries. The message says what it was and what was expected. */
public final class Malformed extends Exception {

    private static final long serialVersionUID = 1;
    private static final int MAX_SHOWN = 40;

    /** It has no stack trace: it is a stranger's mistake, not ours, and a flood of them should cost little. */
    public Malformed(String message) {
        super(message, null, false, false);
    }

    /** Somebody's text, fit to repeat in a message: at most 40 characters, none of them a control character. */
    public static String quoted(String text) {
        String shown = text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
        return "'" + shown.replaceAll("\\p{Cc}", "?") + "'";
    }

    /** The reason, for the sender. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
