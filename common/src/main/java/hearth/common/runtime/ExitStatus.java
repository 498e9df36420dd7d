package hearth.common.runtime;

/** The exit status of a node, as its systemd unit uses it. */
public enum ExitStatus {
    OK(0, "stopped on request, or no problem found"),
    /** A bug, or a problem that may disappear: systemd starts the node again. */
    FAILED(1, "any other error; a new start may help"),
    /** Bad settings, or a machine that is not a board; a retry cannot help. {@code EX_CONFIG} of sysexits.h. */
    BAD_SETTINGS(78, "an error in the settings or the hardware that must be corrected first");

    private final int code;
    private final String meaning;

    ExitStatus(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    public int code() {
        return code;
    }

    public String meaning() {
        return meaning;
    }

    @Override
    public String toString() {
        return code + " " + meaning;
    }
}
