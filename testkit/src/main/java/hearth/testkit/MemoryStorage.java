package hearth.testkit;

import hearth.common.runtime.NodeStorage;
import hearth.common.store.StateStore;
import java.util.HashMap;
import java.util.Map;

/** Saved states in memory: they survive a power cut of a node. It has no folder for other files. */
public final class MemoryStorage implements NodeStorage {

    private final Map<String, Map<String, String>> states = new HashMap<>();

    @Override
    public StateStore state(String name) {
        return new StateStore() {
            @Override
            public SavedState read() {
                return new SavedState(states.getOrDefault(name, Map.of()), false);
            }

            @Override
            public void write(Map<String, String> entries) {
                states.put(name, Map.copyOf(entries));
            }
        };
    }
}
