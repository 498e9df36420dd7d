package hearth.common.mqtt;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The thread of a bus. All events of the bus are handled here, one after the other, so no other class needs a lock. It
 * accepts tasks also after the bus is closed, because a late callback must not throw on the client's threads.
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
        executor.allowCoreThreadTimeOut(true); // A bus that is no longer used leaves no thread.
    }

    @Override
    public void execute(Runnable task) {
        executor.execute(() -> exitOnFailure(task));
    }

    /** Runs a task after a delay in real time, unless it is cancelled. */
    ScheduledTask after(Duration delay, Runnable task) {
        Future<?> scheduled = executor.schedule(() -> exitOnFailure(task), delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> scheduled.cancel(false);
    }

    /** A task that runs later. */
    interface ScheduledTask {
        void cancel();
    }

    boolean isCurrent() {
        return Thread.currentThread() == thread;
    }

    /**
     * An executor swallows exceptions. A bus that has lost a task must end the process, because it would not work any
     * more.
     */
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
