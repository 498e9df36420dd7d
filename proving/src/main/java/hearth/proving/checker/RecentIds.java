package hearth.proving.checker;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** The latest ids with the time when each was first added. Forgets the oldest ids above its capacity. */
final class RecentIds {

    private final int capacity;
    private final Map<String, Long> latest = new LinkedHashMap<>();

    RecentIds(int capacity) {
        this.capacity = capacity;
    }

    /** @return false if the id is already known */
    boolean add(String id, long now) {
        boolean fresh = latest.putIfAbsent(id, now) == null;
        retainLatest(capacity);
        return fresh;
    }

    boolean contains(String id) {
        return latest.containsKey(id);
    }

    /** Removes the ids that were added at this time or later. */
    void forgetSince(long then) {
        latest.values().removeIf(at -> at >= then);
    }

    /** Keeps only the latest ids. */
    void retainLatest(int count) {
        Iterator<String> oldest = latest.keySet().iterator();
        while (latest.size() > count) {
            oldest.next();
            oldest.remove();
        }
    }
}
