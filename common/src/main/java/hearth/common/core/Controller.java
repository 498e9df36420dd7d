package hearth.common.core;

import java.time.Instant;

/**
 * The logic of one node: it keeps a state, takes inputs, and decides the effects.
 *
 * <p>All three methods are pure. They read no clock, use no hardware and change no fields, so a test replays a day in a
 * millisecond.
 *
 * @param <S> the state; an immutable record
 * @param <I> the inputs; a sealed interface of records
 */
public interface Controller<S, I> {

    /** The state at the start, before the first input. */
    S start(Instant now, Boot boot);

    /** The state after {@code input}. Decides nothing. */
    S absorb(S state, I input, Instant now);

    /** The effects that are required at {@code now}. A repeated call before {@code wakeAt} returns the same effects. */
    Decision<S> decide(S state, Instant now);
}
