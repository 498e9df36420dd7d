package hearth.common.core;

import java.util.Map;

/**
 * How a device came up.
 *
 * @param id         random and new at each start, so that ids made from it are unique on a board without a clock
 * @param savedState what was last told to {@link Effect.SaveState}; empty at the very first start
 * @param stateLost     there was something to remember, but it was torn or foreign and could not be trusted
 */
public record Boot(String id, Map<String, String> savedState, boolean stateLost) {

    public Boot {
        savedState = Map.copyOf(savedState);
    }

    /** The first start of a new device. */
    public static Boot first(String id) {
        return new Boot(id, Map.of(), false);
    }
}
