package hearth.common.runtime;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.tinylog.Logger;

/**
 * Reports to systemd that the node is ready and that its loop runs. It uses {@code systemd-notify}, because Java has no
 * datagram sockets of this kind. Call it after each loop pass: only the loop feeds the watchdog. The loop does not
 * wait: a separate thread sends the notification, and while one is being sent no other starts.
 */
final class SystemdNotifier implements Runnable {

    /** Notifications per watchdog timeout: one may be late, and one may fail. */
    private static final int NOTIFICATIONS_PER_TIMEOUT = 4;

    private static final Duration NOTIFY_TIMEOUT = Duration.ofSeconds(5);

    private final Executor worker;
    private final String program;
    private final long nanosBetween;
    private final AtomicBoolean sending = new AtomicBoolean();
    private boolean ready; // Used by the loop only.
    private long sentAtNanos; // Used by the loop only.
    private String lastError = ""; // Used by the worker only.

    private SystemdNotifier(Executor worker, String program, long nanosBetween) {
        this.worker = worker;
        this.program = program;
        this.nanosBetween = nanosBetween;
    }

    /** The notifier for this process, from its environment {@code NOTIFY_SOCKET} and {@code WATCHDOG_USEC}. */
    static Runnable of(Map<String, String> environment, Timers timers) {
        return of(environment, timers, "systemd-notify");
    }

    /** @param program receives the notification as its argument */
    static Runnable of(Map<String, String> environment, Timers timers, String program) {
        if (!environment.containsKey("NOTIFY_SOCKET")) {
            return () -> {}; // Not started by systemd.
        }
        String micros = environment.get("WATCHDOG_USEC");
        long nanos = micros == null
                ? Long.MAX_VALUE
                : TimeUnit.MICROSECONDS.toNanos(Long.parseLong(micros)) / NOTIFICATIONS_PER_TIMEOUT;
        return new SystemdNotifier(timers.worker("service-manager"), program, nanos);
    }

    @Override
    public void run() {
        long now = System.nanoTime();
        boolean due = !ready || now - sentAtNanos >= nanosBetween;
        if (due && sending.compareAndSet(false, true)) {
            String message = ready ? "WATCHDOG=1" : "READY=1";
            ready = true;
            sentAtNanos = now;
            worker.execute(() -> send(message));
        }
    }

    private void send(String message) {
        try {
            String error = run(message);
            if (!error.equals(lastError) && !error.isEmpty()) {
                Logger.warn("cannot send {} to systemd, which restarts a node that sends nothing: {}", message, error);
            }
            lastError = error;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            sending.set(false);
        }
    }

    /** @return the error; empty after success */
    private String run(String message) throws InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(program, message)
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
        if (!process.waitFor(NOTIFY_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return program + " did not finish within " + NOTIFY_TIMEOUT.toSeconds() + " s";
        }
        return process.exitValue() == 0 ? "" : program + " exited with " + process.exitValue();
    }
}
