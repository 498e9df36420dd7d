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
 * Child processes that end together with this process: {@link #close} ends them, and on Linux the kernel ends them when
 * this process is killed ({@code setpriv --pdeathsig}).
 *
 * <p>The thread that starts them must live as long as they do: the kernel ends them when that thread ends.
 */
final class ChildProcesses implements AutoCloseable {

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(3);

    /** A child process. It keeps its name, command and log after a restart. */
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

        /** The exit status. Throws while the process is alive. */
        int exitStatus() {
            return process.exitValue();
        }

        /** Waits for the end of the process, at most for the timeout. @return true if it has ended */
        boolean awaitExit(Duration timeout) throws InterruptedException {
            return process.waitFor(timeout.toNanos(), TimeUnit.NANOSECONDS);
        }

        /** The time since the latest start. */
        Duration uptime() {
            return Duration.ofNanos(System.nanoTime() - startedAt);
        }

        /** Sends SIGTERM. */
        void terminate() {
            process.destroy();
        }

        void restart() throws IOException {
            process = launchProcess();
        }

        /** The last lines of output since the latest start. */
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

        /** Ignores an interrupt until the end: a child that is left behind would continue to switch relays. */
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

    /** Starts a process. Its output is appended to the log. */
    ChildProcess start(String name, List<String> command, Path log) throws IOException {
        ChildProcess child = new ChildProcess(name, command, log);
        children.add(child);
        return child;
    }

    /** Ends the broker, the first process, last, so that the others can disconnect. Kills after three seconds. */
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
            return false; // setpriv is not installed.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
