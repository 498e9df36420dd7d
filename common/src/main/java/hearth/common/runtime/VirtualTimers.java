package hearth.common.runtime;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;

/**
 * Time that passes only when told to. Everything runs on the caller's thread, in the order of its hour; what is due at
 * the same instant runs in the order it was asked for, so a run is the same each time.
 */
public final class VirtualTimers implements Timers {

    private final PriorityQueue<Due> due =
            new PriorityQueue<>(Comparator.comparing(Due::at).thenComparing(Due::order));
    private final List<Node<?, ?>> nodes = new ArrayList<>();
    private Instant now;
    private long order;

    public VirtualTimers(Instant begin) {
        this.now = begin;
    }

    @Override
    public InstantSource clock() {
        return () -> now;
    }

    @Override
    public void every(String name, Duration period, Runnable task) {
        at(now, () -> {
            task.run();
            at(now.plus(period), () -> every(name, period, task));
        });
    }

    @Override
    public Executor worker(String name) {
        return task -> at(now, task);
    }

    /** Runs a task at an instant, now at the earliest. */
    public void at(Instant instant, Runnable task) {
        due.add(new Due(instant.isBefore(now) ? now : instant, order++, task));
    }

    /** Lets a node live in this time. */
    public void run(Node<?, ?> node) {
        nodes.add(node);
    }

    /** Takes a node's power away: nothing of it happens any more. */
    public void stop(Node<?, ?> node) {
        nodes.remove(node);
    }

    /** Lets so much time pass. */
    public void pass(Duration duration) {
        Instant end = now.plus(duration);
        while (true) {
            runWhatIsDue();
            Instant next = next();
            if (next.isAfter(end)) {
                now = end;
                return;
            }
            now = next;
        }
    }

    private void runWhatIsDue() {
        boolean quiet;
        do {
            quiet = true;
            while (!due.isEmpty() && !due.peek().at.isAfter(now)) {
                due.remove().task.run();
                quiet = false;
            }
            for (Node<?, ?> node : List.copyOf(nodes)) {
                while (node.hasWork()) {
                    node.turn();
                    quiet = false;
                }
            }
        } while (!quiet);
    }

    private Instant next() {
        Instant next = due.isEmpty() ? Instant.MAX : due.peek().at;
        for (Node<?, ?> node : nodes) {
            next = node.wakeAt().isBefore(next) ? node.wakeAt() : next;
        }
        return next;
    }

    private record Due(Instant at, long order, Runnable task) {}
}
