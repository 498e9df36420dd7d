package hearth.proving.checker;

import hearth.proving.journal.JournalEvent;

/**
 * Watches one device for one family of rules. Times are in milliseconds since the journal's begin.
 *
 * <p>Within one instant a device may pass through several states, as it takes in one thing after the other; what it is
 * like is judged when the instant is over, what it does as it does it.
 */
interface EventObserver {

    /** No moment of any journal. */
    long NEVER = Long.MAX_VALUE;

    /** Before any journal, and far enough from overflow. */
    long LONG_AGO = Long.MIN_VALUE / 4;

    default void onEvent(long now, JournalEvent event) {}

    /** The instant is over, and nothing happens in the whole house before {@code next}. */
    default void onInstantEnd(long now, long next) {}
}
