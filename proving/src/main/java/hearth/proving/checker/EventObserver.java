package hearth.proving.checker;

import hearth.proving.journal.JournalEvent;

/**
 * Checks one device against one group of rules. Times are in milliseconds since the start of the journal.
 *
 * <p>Within one instant a device may pass through several states, because it handles one input after the other. Its
 * actions are checked as they happen, its state at the end of the instant.
 */
interface EventObserver {

    /** A time that no journal reaches. */
    long NEVER = Long.MAX_VALUE;

    /** A time before any journal, far enough from an overflow. */
    long LONG_AGO = Long.MIN_VALUE / 4;

    default void onEvent(long now, JournalEvent event) {}

    /** The instant is over, and no event of any device follows before {@code next}. */
    default void onInstantEnd(long now, long next) {}
}
