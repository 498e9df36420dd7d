package hearth.simulator.observer;

import java.util.LinkedHashSet;
import java.util.Set;

/** The latest ids of something; older ones are forgotten. */
final class Ids {

    private final int most;
    private final Set<String> latest = new LinkedHashSet<>();

    Ids(int most) {
        this.most = most;
    }

    /** @return false if it was there already */
    boolean add(String id) {
        boolean fresh = latest.add(id);
        if (latest.size() > most) {
            latest.remove(latest.iterator().next());
        }
        return fresh;
    }

    boolean contains(String id) {
        return latest.contains(id);
    }

    void clear() {
        latest.clear();
    }
}
