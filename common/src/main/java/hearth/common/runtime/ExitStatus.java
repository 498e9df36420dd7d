package hearth.common.runtime;

/** How a node's process ends, as its unit understands it. */
public enum ExitStatus {
    OK(0, "stopped on request, or no problem found"),
    /** A bug, or a world that may be another one soon: the unit starts it again. */
    FAILED(1, "any other error; a new start may help"),
    /** Settings, or a machine that is no board; trying again cannot heal those. {@code EX_CONFIG} of sysexits.h. */
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
