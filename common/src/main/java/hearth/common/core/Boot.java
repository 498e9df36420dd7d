package hearth.common.core;

import java.util.Map;

/**
 * The start of a node: its boot id and the saved state.
 *
 * @param id         random and new at each start, so that ids derived from it are unique even on a board without a
 *     clock
 * @param savedState entries of the last {@link Effect.SaveState}; empty at the first start of a new node
 * @param stateLost  whether there was saved state that is damaged or of another program, so that it is not used
 */
public record Boot(String id, Map<String, String> savedState, boolean stateLost) {

    public Boot {
        savedState = Map.copyOf(savedState);
    }

    /** The first start of a new node. */
    public static Boot first(String id) {
        return new Boot(id, Map.of(), false);
    }
}
