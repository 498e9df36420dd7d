package hearth.common.core;

import hearth.common.message.Topic;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** An action that a controller requests. Effects are idempotent, and each decision repeats all that still apply. */
public sealed interface Effect {

    /** Keep this output on or off. */
    record Drive(String output, boolean on) implements Effect {}

    /**
     * Publish a state (a retained message).
     *
     * @param expiresAt message expiry; {@link Instant#MAX} for none. It is part of the message: the same temperature,
     *     measured again, has a later expiry and is published again.
     */
    record Publish<T>(Topic<T> topic, T message, Instant expiresAt) implements Effect {

        public static <T> Publish<T> of(Topic<T> topic, T message) {
            return new Publish<>(topic, message, Instant.MAX);
        }
    }

    /**
     * Publish an event once. The effect stays in each decision until {@link EffectReport.Settled} has its id.
     *
     * @param id unique within this boot
     */
    record Announce<T>(String id, Topic<T> topic, T message, Instant expiresAt) implements Effect {}

    /**
     * Replace the saved state. {@link EffectReport.StateSaved} reports that the entries are on disk and survive a power
     * cut.
     */
    record SaveState(Map<String, String> entries) implements Effect {

        public SaveState {
            entries = Collections.unmodifiableMap(new TreeMap<>(entries));
        }
    }
}
