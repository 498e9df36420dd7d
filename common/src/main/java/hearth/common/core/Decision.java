package hearth.common.core;

import java.time.Instant;
import java.util.List;

/**
 * What a controller wants.
 *
 * @param effects what the world should be told or made to do, in order
 * @param wakeAt  when to decide again if nothing happens first, after now; {@link Instant#MAX} for never
 */
public record Decision<S>(S state, List<Effect> effects, Instant wakeAt) {

    public Decision {
        effects = List.copyOf(effects);
    }
}
