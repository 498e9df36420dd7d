package hearth.common.runtime;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/** Time and threads as a node sees them: real, or virtual with a year in a minute. */
public interface Timers {

    InstantSource clock();

    /**
     * Runs a task at once and then every period, on a separate thread, until the process ends. A task that takes longer
     * than the period delays only its own next call; missed calls are not repeated.
     */
    void every(String name, Duration period, Runnable task);

    /** Runs a task once after a delay, on a shared thread: the task must not block. */
    void after(Duration delay, Runnable task);

    /** Runs tasks one after the other, on a separate thread. */
    Executor worker(String name);
}
