package hearth.common.runtime;

import hearth.common.value.TimeScale;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** Timers on daemon threads. A task that throws ends the process, as every bug does; see {@link Launcher}. */
public final class RealTimers implements Timers {

    private final MonotonicClock clock;
    private final TimeScale timeScale;
    private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor(daemon("later"));

    public RealTimers(TimeScale timeScale) {
        this.clock = new MonotonicClock(timeScale);
        this.timeScale = timeScale;
    }

    @Override
    public InstantSource clock() {
        return clock;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // The thread's handler receives exceptions of the task.
    public void every(String name, Duration period, Runnable task) {
        ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(daemon(name));
        long nanos = Math.max(1, timeScale.toReal(period).toNanos());
        thread.scheduleWithFixedDelay(() -> exitOnFailure(task), 0, nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // The thread's handler receives exceptions of the task.
    public void after(Duration delay, Runnable task) {
        later.schedule(() -> exitOnFailure(task), timeScale.toReal(delay).toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public Executor worker(String name) {
        Executor thread = Executors.newSingleThreadExecutor(daemon(name));
        return task -> thread.execute(() -> exitOnFailure(task));
    }

    /** An executor swallows exceptions. A node that has lost a task must end, because it would not work any more. */
    private static void exitOnFailure(Runnable task) {
        try {
            task.run();
        } catch (Throwable bug) {
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, bug);
            throw bug;
        }
    }

    private static ThreadFactory daemon(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
