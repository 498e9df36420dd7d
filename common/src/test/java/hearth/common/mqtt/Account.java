package hearth.common.mqtt;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** All that was heard of one device, in order, as {@code "target 21.0"}. */
final class Account {

    private final List<String> heard = new ArrayList<>(); // Guarded by this.

    synchronized void hear(String what) {
        heard.add(what);
        notifyAll();
    }

    synchronized List<String> heard() {
        return List.copyOf(heard);
    }

    synchronized long times(String what) {
        return heard.stream().filter(what::equals).count();
    }

    /** What was said last of one topic, which is what the broker has in store; empty if nothing was. */
    synchronized String last(String topic) {
        return heard.stream()
                .filter(what -> what.startsWith(topic + " "))
                .reduce((earlier, later) -> later)
                .orElse("");
    }

    /** @return whether it came to be so within the limit */
    synchronized boolean await(Predicate<Account> so, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!so.test(this)) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            wait(left / 1_000_000 + 1);
        }
        return true;
    }
}
