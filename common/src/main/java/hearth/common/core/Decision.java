package hearth.common.core;

import java.time.Instant;
import java.util.List;

/**
 * The result of a controller's decision.
 *
 * @param effects messages to publish, outputs to set and state to save, in order
 * @param wakeAt  when to decide again if no input arrives before, later than now; {@link Instant#MAX} for never
 */
public record Decision<S>(S state, List<Effect> effects, Instant wakeAt) {

    public Decision {
        effects = List.copyOf(effects);
    }
}
