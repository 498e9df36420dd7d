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
 * Starts again what died, a second later, as systemd would; says so, with its last words. What died before all were up,
 * what says its settings are wrong, and what dies again and again at once, ends the demo.
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

    ProcessSupervisor(Optional<ChildProcesses.ChildProcess> broker, Consumer<String> page) {
        broker.ifPresent(children::add);
        this.output = page;
    }

    void supervise(ChildProcesses.ChildProcess child) {
        children.add(child);
    }

    /** From now on the dead are started again. */
    void startupDone() {
        startupDone = true;
    }

    /** Ends one of them now, and starts it again so much later; nobody is told that it died. */
    void stopFor(ChildProcesses.ChildProcess child, Duration time) {
        restartAt.put(child.name(), System.nanoTime() + time.toNanos());
        child.terminate();
    }

    /** @throws IOException if something cannot be kept alive */
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
                output.accept(child.name() + " is started again");
            }
        }
    }

    private void reportExit(ChildProcesses.ChildProcess child) throws IOException {
        output.accept(child.name() + " ended with status " + child.exitStatus());
        for (String line : child.logTail(LOG_LINES)) {
            output.accept("  " + child.name() + ": " + line);
        }
        if (!startupDone || child.exitStatus() == BAD_SETTINGS) {
            throw new IOException(child.name() + " cannot run like this");
        }
        if (child.uptime().compareTo(STABLE_UPTIME) >= 0) {
            earlyExits.remove(child.name());
        } else if (earlyExits.merge(child.name(), 1, Integer::sum) >= MAX_EARLY_EXITS) {
            throw new IOException(
                    child.name() + " ended " + MAX_EARLY_EXITS + " times in a row as soon as it was started");
        }
    }
}
