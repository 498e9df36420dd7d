package hearth.common.hal;

/** What stands in the way of running on a board. @param what in plain words, with the remedy */
public record Problem(Weight weight, String what) {

    public enum Weight {
        /** Trying again cannot help: this is no board, or not one that can be driven from here. */
        FOR_GOOD,
        /** Ends a node; started again later it may find it gone. */
        FOR_NOW,
        /** A node runs with it, says so, and is well when it goes away. */
        BEARABLE
    }
}
