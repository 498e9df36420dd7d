package hearth.common.hal;

/** What stands in the way of running on a board. @param message in plain words, with the remedy */
public record Problem(Severity severity, String message) {

    public enum Severity {
        /** Trying again cannot help: this is no board, or not one that can be driven from here. */
        FATAL,
        /** Ends a node; started again later it may find it gone. */
        RETRY,
        /** A node runs with it, says so, and is well when it goes away. */
        WARNING
    }
}
