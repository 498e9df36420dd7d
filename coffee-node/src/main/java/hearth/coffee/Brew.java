package hearth.coffee;

import java.time.Instant;

/**
 * The brew in progress.
 *
 * @param id    that of the trip or the command; made by the node for a plain command
 * @param since when this stage began
 */
record Brew(String id, Cause cause, BrewStage stage, Instant since) {

    /** The stages of a brew. */
    enum BrewStage {
        NONE,
        /** Its id is being saved; the relay is off. */
        SAVING,
        /** Its id is on the disk and survives a power cut; the relay may go on. */
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
