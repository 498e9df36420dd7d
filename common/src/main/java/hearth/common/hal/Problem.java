package hearth.common.hal;

/** A problem that prevents or limits operation on a board. @param message the problem and the remedy, for the owner */
public record Problem(Severity severity, String message) {

    public enum Severity {
        /** A retry cannot help: this machine is not a board, or not one that the program can drive. */
        FATAL,
        /** The node ends; a later start may succeed. */
        RETRY,
        /** The node runs, reports the fault, and recovers when the cause is gone. */
        WARNING
    }
}
