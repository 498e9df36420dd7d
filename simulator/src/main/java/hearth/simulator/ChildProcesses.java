package hearth.simulator;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Processes that end with this one: by {@link #close} when it ends well, by the kernel's hand when it is killed, where
 * the kernel can be asked for that ({@code setpriv --pdeathsig}, Linux).
 *
 * <p>All are started by one thread that lives as long as they shall: what the kernel watches is that thread.
 */
final class ChildProcesses implements AutoCloseable {

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(3);

    /** One of them. It keeps its name, command and log when it is started again. */
    final class ChildProcess {
        private final String name;
        private final List<String> command;
        private final Path log;
        private Process process;
        private long startedAt;
        private long logStart;

        private ChildProcess(String name, List<String> command, Path log) throws IOException {
            this.name = name;
            this.command = command;
            this.log = log;
            this.process = launchProcess();
        }

        String name() {
            return name;
        }

        boolean isAlive() {
            return process.isAlive();
        }

        long pid() {
            return process.pid();
        }

        /** How it ended, once it has. */
        int exitStatus() {
            return process.exitValue();
        }

        /** Waits for its end, but no longer than that; true if it has ended. */
        boolean awaitExit(Duration patience) throws InterruptedException {
            return process.waitFor(patience.toNanos(), TimeUnit.NANOSECONDS);
        }

        /** How long ago it was started, for the last time. */
        Duration uptime() {
            return Duration.ofNanos(System.nanoTime() - startedAt);
        }

        /** Asks it to end. */
        void terminate() {
            process.destroy();
        }

        void restart() throws IOException {
            process = launchProcess();
        }

        /** The last lines it said since it was started. */
        List<String> logTail(int lines) throws IOException {
            byte[] log = Files.readAllBytes(this.log);
            int begin = (int) Math.min(logStart, log.length);
            List<String> all = new String(log, begin, log.length - begin, StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return all.subList(Math.max(0, all.size() - lines), all.size());
        }

        private Process launchProcess() throws IOException {
            startedAt = System.nanoTime();
            logStart = Files.exists(log) ? Files.size(log) : 0;
            return launch(command, log);
        }

        /** Who is impatient here is asked to wait: a child left behind would go on switching relays. */
        private void terminateBy(long deadline) {
            boolean interrupted = false;
            while (process.isAlive()) {
                try {
                    if (!awaitExit(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())))) {
                        process.destroyForcibly().waitFor();
                    }
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private final List<String> parentDeathPrefix;
    private final List<ChildProcess> children = new ArrayList<>();

    ChildProcesses() {
        List<String> watch = List.of("setpriv", "--pdeathsig", "TERM");
        this.parentDeathPrefix = isSupported(watch) ? watch : List.of();
    }

    /** Starts one; what it says is added to its log. */
    ChildProcess start(String name, List<String> command, Path log) throws IOException {
        ChildProcess child = new ChildProcess(name, command, log);
        children.add(child);
        return child;
    }

    /** Ends all but the eldest, the broker, to which the others say goodbye; then that. Each has three seconds. */
    @Override
    public void close() {
        if (!children.isEmpty()) {
            terminateAll(children.subList(1, children.size()));
            terminateAll(children.subList(0, 1));
        }
    }

    private static void terminateAll(List<ChildProcess> some) {
        some.forEach(child -> child.process.destroy());
        long deadline = System.nanoTime() + STOP_TIMEOUT.toNanos();
        some.forEach(child -> child.terminateBy(deadline));
    }

    private Process launch(List<String> command, Path log) throws IOException {
        List<String> whole = new ArrayList<>(parentDeathPrefix);
        whole.addAll(command);
        return new ProcessBuilder(whole)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(log.toFile()))
                .start();
    }

    private static boolean isSupported(List<String> watch) {
        try {
            List<String> trial = new ArrayList<>(watch);
            trial.add("true");
            return new ProcessBuilder(trial)
                            .redirectError(Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false; // Not on this machine.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
