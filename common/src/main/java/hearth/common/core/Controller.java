package hearth.common.core;

import java.time.Instant;

/**
 * The mind of one device: what it knows, and what it wants done about it.
 *
 * <p>All three methods are pure. They read no clock, touch no hardware and keep no fields that change, so a day of the
 * device's life replays in a millisecond.
 *
 * @param <S> what the controller knows; an immutable record
 * @param <I> what can happen to it; a sealed interface of records
 */
public interface Controller<S, I> {

    /** What is known before anything has happened but a boot. */
    S start(Instant now, Boot boot);

    /** What is known once {@code input} has happened. Decides nothing. */
    S absorb(S state, I input, Instant now);

    /**
     * What should be true of the world at {@code now}. Asking again, at any time before {@code wakeAt}, gives the same
     * effects.
     */
    Decision<S> decide(S state, Instant now);
}
