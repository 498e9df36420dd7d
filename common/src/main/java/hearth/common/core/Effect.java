package hearth.common.core;

import hearth.common.message.Topic;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Everything a controller can ask of the world. Each is harmless to repeat, and a decision repeats all that hold. */
public sealed interface Effect {

    /** Hold this output at this level. */
    record Drive(String output, boolean on) implements Effect {}

    /**
     * Tell the house what is so.
     *
     * @param expiresAt when it stops being worth anything; {@link Instant#MAX} for never. Part of the message: the same
     *              temperature measured again has a later end and is told again.
     */
    record Publish<T>(Topic<T> topic, T message, Instant expiresAt) implements Effect {

        public static <T> Publish<T> of(Topic<T> topic, T message) {
            return new Publish<>(topic, message, Instant.MAX);
        }
    }

    /**
     * Tell the house what happened. It stays in every decision until {@link EffectReport.Settled} names its id.
     *
     * @param id unique within this boot
     */
    record Announce<T>(String id, Topic<T> topic, T message, Instant expiresAt) implements Effect {}

    /** Keep this through a power cut, in place of what was kept before. {@link EffectReport.StateSaved} says that it is. */
    record SaveState(Map<String, String> entries) implements Effect {

        public SaveState {
            entries = Collections.unmodifiableMap(new TreeMap<>(entries));
        }
    }
}
