package hearth.coffee;

import java.time.Instant;

/**
 * A brew under way.
 *
 * @param id    the trip's or the command's, or one of our own for a plain command
 * @param since when this stage began
 */
record Brew(String id, Cause cause, BrewStage stage, Instant since) {

    /** How far a brew is. */
    enum BrewStage {
        NONE,
        /** Its id is on the way to the disk; the relay is off. */
        SAVING,
        /** Its id will survive a power cut; the relay may go on. */
        SAVED,
        RUNNING
    }

    static final Brew NONE = new Brew("", Cause.PLAIN, BrewStage.NONE, Instant.MIN);

    boolean exists() {
        return stage != BrewStage.NONE;
    }

    boolean isRunning() {
        return stage == BrewStage.RUNNING;
    }

    String key() {
        return cause.key(id);
    }

    Brew withStage(BrewStage next, Instant now) {
        return new Brew(id, cause, next, now);
    }
}
