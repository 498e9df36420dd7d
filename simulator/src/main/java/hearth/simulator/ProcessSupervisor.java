package hearth.simulator;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Restarts a process one second after it exits, as systemd would, and prints its last output. The demo ends if a
 * process exits before all have started, exits because of its settings (78), or exits three times in a row within ten
 * seconds.
 */
final class ProcessSupervisor {

    private static final int BAD_SETTINGS = 78;
    private static final int MAX_EARLY_EXITS = 3;
    private static final int LOG_LINES = 5;
    private static final Duration RESTART_DELAY = Duration.ofSeconds(1);
    private static final Duration STABLE_UPTIME = Duration.ofSeconds(10);

    private final List<ChildProcesses.ChildProcess> children = new ArrayList<>();
    private final Consumer<String> output;
    private final Map<String, Long> restartAt = new HashMap<>();
    private final Map<String, Integer> earlyExits = new HashMap<>();
    private boolean startupDone;

    ProcessSupervisor(Optional<ChildProcesses.ChildProcess> broker, Consumer<String> output) {
        broker.ifPresent(children::add);
        this.output = output;
    }

    void supervise(ChildProcesses.ChildProcess child) {
        children.add(child);
    }

    /** From now on a process that exits is restarted. */
    void startupDone() {
        startupDone = true;
    }

    /** Stops a process and restarts it after the time. The stop is not printed as an exit. */
    void stopFor(ChildProcesses.ChildProcess child, Duration time) {
        restartAt.put(child.name(), System.nanoTime() + time.toNanos());
        child.terminate();
    }

    /** @throws IOException if a process must not or cannot be restarted */
    void check() throws IOException {
        for (ChildProcesses.ChildProcess child : children) {
            if (child.isAlive()) {
                continue;
            }
            Long due = restartAt.get(child.name());
            if (due == null) {
                reportExit(child);
                restartAt.put(child.name(), System.nanoTime() + RESTART_DELAY.toNanos());
            } else if (System.nanoTime() - due >= 0) {
                restartAt.remove(child.name());
                child.restart();
                output.accept(child.name() + " restarted");
            }
        }
    }

    private void reportExit(ChildProcesses.ChildProcess child) throws IOException {
        output.accept(child.name() + " exited with status " + child.exitStatus());
        for (String line : child.logTail(LOG_LINES)) {
            output.accept("  " + child.name() + ": " + line);
        }
        if (!startupDone || child.exitStatus() == BAD_SETTINGS) {
            throw new IOException(child.name() + " cannot start: correct the error above");
        }
        if (child.uptime().compareTo(STABLE_UPTIME) >= 0) {
            earlyExits.remove(child.name());
        } else if (earlyExits.merge(child.name(), 1, Integer::sum) >= MAX_EARLY_EXITS) {
            throw new IOException(child.name() + " exited " + MAX_EARLY_EXITS + " times in a row within "
                    + STABLE_UPTIME.toSeconds() + " s of its start: see its output above");
        }
    }
}
