package hearth.proving.report;

import java.util.LinkedHashMap;
import java.util.Map;

/** The last few ids, so that what is said again is known. */
final class SeenIds {

    private static final int MAX_KEPT = 256;

    private final Map<String, Boolean> ids = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MAX_KEPT;
        }
    };

    /** True the first time. */
    boolean isNew(String id) {
        return ids.putIfAbsent(id, true) == null;
    }
}
