package hearth.coffee;

import java.time.Instant;

/**
 * A brew under way.
 *
 * @param id    the trip's or the command's, or one of our own for a plain command
 * @param since when this stage began
 */
record Brew(String id, Cause cause, Stage stage, Instant since) {

    /** How far a brew is. */
    enum Stage {
        NONE,
        /** Its id is on the way to the disk; the relay is off. */
        BEING_NOTED,
        /** Its id will survive a power cut; the relay may go on. */
        NOTED,
        RUNNING
    }

    static final Brew NONE = new Brew("", Cause.PLAIN, Stage.NONE, Instant.MIN);

    boolean exists() {
        return stage != Stage.NONE;
    }

    boolean runs() {
        return stage == Stage.RUNNING;
    }

    String key() {
        return cause.key(id);
    }

    Brew at(Stage next, Instant now) {
        return new Brew(id, cause, next, now);
    }
}
