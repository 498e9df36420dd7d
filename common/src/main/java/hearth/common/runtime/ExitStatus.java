package hearth.common.runtime;

/** How a node's process ends, as its unit understands it. */
public enum ExitStatus {
    OK(0, "asked to stop or all is well"),
    /** A bug, or a world that may be another one soon: the unit starts it again. */
    FAILED(1, "anything else, worth another try"),
    /** Settings, or a machine that is no board; trying again cannot heal those. {@code EX_CONFIG} of sysexits.h. */
    BAD_SETTINGS(78, "settings or hardware that must be mended first");

    private final int code;
    private final String meaning;

    ExitStatus(int number, String means) {
        this.code = number;
        this.meaning = means;
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
