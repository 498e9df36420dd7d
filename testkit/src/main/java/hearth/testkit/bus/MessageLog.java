package hearth.testkit.bus;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** All messages of one device, in order, as {@code "target 21.0"}. */
public final class MessageLog {

    private final List<String> messages = new ArrayList<>(); // Guarded by this.

    synchronized void add(String message) {
        messages.add(message);
        notifyAll();
    }

    public synchronized List<String> messages() {
        return List.copyOf(messages);
    }

    public synchronized long count(String message) {
        return messages.stream().filter(message::equals).count();
    }

    /** The last message on one topic, which is the one that the broker has retained; empty if there is none. */
    public synchronized String last(String topic) {
        return messages.stream()
                .filter(message -> message.startsWith(topic + " "))
                .reduce((earlier, later) -> later)
                .orElse("");
    }

    /** @return whether the condition became true within the limit */
    public synchronized boolean await(Predicate<MessageLog> condition, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.test(this)) {
            long remaining = deadline - System.nanoTime();
            if (remaining <= 0) {
                return false;
            }
            wait(remaining / 1_000_000 + 1);
        }
        return true;
    }
}
