package hearth.testkit;

import hearth.common.runtime.Node;
import hearth.common.runtime.Timers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Time that passes only when told to. Everything runs on the caller's thread, in the order of its hour; what is due at
 * the same instant runs in the order it was asked for, and a node takes in what it was brought before the next: a run is
 * the same each time.
 *
 * <p>Nodes live on {@linkplain Machine machines}, whose power can be cut; what is asked of these timers themselves
 * belongs to the world and goes on.
 */
public final class VirtualTimers implements Timers {

    private final PriorityQueue<DueTask> due =
            new PriorityQueue<>(Comparator.comparing(DueTask::at).thenComparingLong(DueTask::order));
    private final List<Machine> machines = new ArrayList<>();
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
    public void after(Duration wait, Runnable task) {
        at(now.plus(wait), task);
    }

    @Override
    public Executor worker(String name) {
        return task -> at(now, task);
    }

    /** Runs a task at an instant, now at the earliest. */
    public void at(Instant instant, Runnable task) {
        due.add(new DueTask(instant.isBefore(now) ? now : instant, order++, task));
    }

    /** Lets a node live in this time, for good. */
    public void run(Node<?, ?> node) {
        machine(Duration.ZERO).run(node);
    }

    /** A machine that has just been given power. @param ahead how far its clock is off; may be negative */
    public Machine machine(Duration ahead) {
        return new Machine(ahead);
    }

    /** Lets so much time pass. */
    public void advance(Duration duration) {
        Instant end = now.plus(duration);
        while (true) {
            runDue();
            Instant next = next();
            if (next.isAfter(end)) {
                now = end;
                return;
            }
            now = next;
        }
    }

    /** Task by task: what one has brought is taken in before the next. Deadlines come last. */
    private void runDue() {
        boolean quiet;
        do {
            while (!due.isEmpty() && !due.peek().at.isAfter(now)) {
                due.remove().task.run();
                runReadyNodes(Node::hasInput);
            }
            quiet = !runReadyNodes(Node::hasWork);
        } while (!quiet);
    }

    /** @return whether any node took one */
    private boolean runReadyNodes(Predicate<Node<?, ?>> ready) {
        boolean turned = false;
        for (int i = 0; i < machines.size(); i++) {
            turned |= machines.get(i).runReadyNode(ready);
        }
        return turned;
    }

    private Instant next() {
        Instant next = due.isEmpty() ? Instant.MAX : due.peek().at;
        for (Machine machine : machines) {
            Instant wakeAt = machine.wakeAt();
            next = wakeAt.isBefore(next) ? wakeAt : next;
        }
        return next;
    }

    /** The time and the threads of one node, for as long as it has power. */
    public final class Machine implements Timers {

        private final Duration clockAhead;
        private final Map<String, Instant> blockedUntil = new HashMap<>();
        private final Map<String, Duration> delayWorker = new HashMap<>();
        private final List<Node<?, ?>> nodes = new ArrayList<>();
        private Consumer<RuntimeException> died = bug -> {
            throw bug;
        };
        private Instant loopFree = Instant.MIN;
        private boolean powered = true;

        private Machine(Duration ahead) {
            this.clockAhead = ahead;
        }

        @Override
        public InstantSource clock() {
            return () -> now.plus(clockAhead);
        }

        @Override
        public void every(String name, Duration period, Runnable task) {
            after(Duration.ZERO, () -> {
                Instant free = blockedUntil.getOrDefault(name, now);
                if (free.isAfter(now)) {
                    at(free, () -> every(name, period, task));
                } else {
                    task.run();
                    at(now.plus(period), () -> every(name, period, task));
                }
            });
        }

        @Override
        public Executor worker(String name) {
            return task -> after(delayWorker.getOrDefault(name, Duration.ZERO), task);
        }

        /** If there is power then. */
        @Override
        public void after(Duration wait, Runnable task) {
            at(now.plus(wait), () -> {
                if (powered) {
                    task.run();
                }
            });
        }

        /** Lets a node live here. @param died told when a turn of its throws; the power is cut by then */
        public void run(Node<?, ?> node, Consumer<RuntimeException> died) {
            this.died = died;
            run(node);
        }

        /** Lets a node live here; what a turn of it throws is thrown at whoever lets time pass. */
        public void run(Node<?, ?> node) {
            nodes.add(node);
            machines.add(this);
        }

        /** Each task of the worker of this name takes so long to be done: a disk, for one. */
        public void delayWorker(String name, Duration by) {
            delayWorker.put(name, by);
        }

        /** A thread of this name is caught in its next {@link #every} run until then. */
        public void blockThread(String name, Instant until) {
            blockedUntil.put(name, until);
        }

        /** The nodes' own loops are caught until then; what arrives meanwhile waits for them. */
        public void blockLoop(Instant until) {
            loopFree = until;
            at(until, () -> {}); // So that they are looked at then.
        }

        /** Between two moments all is over: no thread goes on, nothing is tidied up. */
        public void cutPower() {
            powered = false;
            machines.remove(this);
        }

        private boolean runReadyNode(Predicate<Node<?, ?>> ready) {
            boolean turned = false;
            for (Node<?, ?> node : readyNodes()) {
                try {
                    while (powered && ready.test(node)) {
                        node.runOnce();
                        turned = true;
                    }
                } catch (RuntimeException e) {
                    cutPower();
                    died.accept(e);
                    turned = true;
                }
            }
            return turned;
        }

        private List<Node<?, ?>> readyNodes() {
            return now.isBefore(loopFree) ? List.of() : nodes;
        }

        private Instant wakeAt() {
            Instant wakeAt = Instant.MAX;
            for (Node<?, ?> node : readyNodes()) {
                wakeAt = node.wakeAt().isBefore(wakeAt) ? node.wakeAt() : wakeAt;
            }
            return wakeAt.equals(Instant.MAX) ? wakeAt : wakeAt.minus(clockAhead);
        }
    }

    private record DueTask(Instant at, long order, Runnable task) {}
}
