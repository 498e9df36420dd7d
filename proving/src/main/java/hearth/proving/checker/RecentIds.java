package hearth.proving.checker;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** The latest ids of something, and when each was added first; older ones are forgotten. */
final class RecentIds {

    private final int capacity;
    private final Map<String, Long> latest = new LinkedHashMap<>();

    RecentIds(int most) {
        this.capacity = most;
    }

    /** @return false if it was there already */
    boolean add(String id, long now) {
        boolean fresh = latest.putIfAbsent(id, now) == null;
        retainLatest(capacity);
        return fresh;
    }

    boolean contains(String id) {
        return latest.containsKey(id);
    }

    /** What was added then or later was not here. */
    void forgetSince(long then) {
        latest.values().removeIf(at -> at >= then);
    }

    /** The latest of them, so many. */
    void retainLatest(int count) {
        Iterator<String> oldest = latest.keySet().iterator();
        while (latest.size() > count) {
            oldest.next();
            oldest.remove();
        }
    }
}
