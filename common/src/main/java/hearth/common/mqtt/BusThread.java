package hearth.common.mqtt;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The one thread on which a bus lives. All that happens to it happens here, one after the other, so nothing else needs a
 * lock. It never refuses a task, not even after the end: the client's late news must not throw on the client's threads.
 */
final class BusThread implements Executor {

    private static final Duration IDLE = Duration.ofSeconds(30);

    private final ScheduledThreadPoolExecutor executor;
    private volatile @Nullable Thread thread;

    BusThread(String name) {
        executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread fresh = new Thread(task, name);
            fresh.setDaemon(true);
            thread = fresh;
            return fresh;
        });
        executor.setRemoveOnCancelPolicy(true);
        executor.setKeepAliveTime(IDLE.toSeconds(), TimeUnit.SECONDS);
        executor.allowCoreThreadTimeOut(true); // A bus nobody uses any more leaves nothing behind.
    }

    @Override
    public void execute(Runnable task) {
        executor.execute(() -> exitOnFailure(task));
    }

    /** Runs a task after so much real time, unless it is called off. */
    ScheduledTask after(Duration delay, Runnable task) {
        Future<?> scheduled = executor.schedule(() -> exitOnFailure(task), delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> scheduled.cancel(false);
    }

    /** Something to happen later. */
    interface ScheduledTask {
        void cancel();
    }

    boolean isCurrent() {
        return Thread.currentThread() == thread;
    }

    /** An executor keeps what a task throws to itself; a bus that has lost a task must not seem alive. */
    private static void exitOnFailure(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error bug) {
            Thread current = Thread.currentThread();
            current.getUncaughtExceptionHandler().uncaughtException(current, bug);
            throw bug;
        }
    }
}
