package hearth.proving.report;

import java.util.LinkedHashMap;
import java.util.Map;

/** The latest ids, to recognise a repeated message. */
final class SeenIds {

    private static final int MAX_KEPT = 256;

    private final Map<String, Boolean> ids = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MAX_KEPT;
        }
    };

    /** @return true the first time */
    boolean isNew(String id) {
        return ids.putIfAbsent(id, true) == null;
    }
}
