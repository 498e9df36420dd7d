package hearth.common.runtime;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/** Time and threads as a node sees them: real ones, or virtual ones in which a year passes in a minute. */
public interface Timers {

    InstantSource clock();

    /**
     * Runs a task now and then every period, on a thread of its own, for as long as the process lives. A run that takes
     * longer than the period delays the next and nobody else; missed ones are not made up for.
     */
    void every(String name, Duration period, Runnable task);

    /** Runs a task once, in a while, on a thread that has no time to lose. */
    void after(Duration delay, Runnable task);

    /** Runs tasks one after the other, on a thread of its own. */
    Executor worker(String name);
}
