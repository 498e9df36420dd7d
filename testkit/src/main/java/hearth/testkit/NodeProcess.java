package hearth.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.core.TerminalFailureException;

/** A program started as its systemd unit does: a separate process with the shipped flags. Its output is kept. */
public final class NodeProcess implements AutoCloseable {

    public static final Duration TIMEOUT = Duration.ofSeconds(60);

    /** The exit status after SIGKILL. */
    public static final int KILLED = 128 + 9;

    /** Makes the root file system read-only for this process except one folder, and checks that. */
    private static final String READ_ONLY = """
            mount --bind "$0" "$0" && mount -o remount,bind,ro / || exit 99
            ! touch "$0/../outside" 2>/dev/null || exit 98
            exec "$@"
            """;

    private final Process process;
    private final Path output;

    private NodeProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** @param output the file for its output */
    public static NodeProcess start(Path output, Class<?> main, String... args) throws IOException {
        return start(output, List.of(), main, args);
    }

    /** @param jvmOptions options of the virtual machine, such as {@code -Xmx16m} */
    public static NodeProcess start(Path output, List<String> jvmOptions, Class<?> main, String... args)
            throws IOException {
        return start(output, command(jvmOptions, main, args));
    }

    /** Starts it with a file system on which only one folder is writable. */
    public static NodeProcess startReadOnly(Path output, Path writable, Class<?> main, String... args)
            throws IOException {
        List<String> command = new ArrayList<>(
                List.of("unshare", "--map-root-user", "--mount", "sh", "-c", READ_ONLY, writable.toString()));
        command.addAll(command(List.of("-XX:-UsePerfData"), main, args));
        return start(output, command);
    }

    private static List<String> command(List<String> jvmOptions, Class<?> main, String... args) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-Dio.netty.noUnsafe=true",
                "-Dtinylog.configuration=tinylog.properties", // The shipped file, not that of tests.
                "-cp",
                System.getProperty("java.class.path")));
        command.addAll(jvmOptions);
        command.add(main.getName());
        command.addAll(List.of(args));
        return command;
    }

    private static NodeProcess start(Path output, List<String> command) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(Redirect.to(output.toFile()));
        builder.environment().remove("STATE_DIRECTORY");
        return new NodeProcess(builder.start(), output);
    }

    public Process process() {
        return process;
    }

    /** Waits for the end of the process. @return its exit status */
    public int exitStatus() throws InterruptedException {
        assertThat(process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS))
                .as("it ends")
                .isTrue();
        return process.exitValue();
    }

    public String outputText() throws IOException {
        return Files.readString(output);
    }

    /** Ends it as a power cut does (SIGKILL). */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        assertThat(exitStatus()).isEqualTo(KILLED);
    }

    /** Waits for a condition; on failure the error contains the output of the process. */
    public void awaitCondition(Callable<Boolean> condition) throws IOException {
        try {
            await().atMost(TIMEOUT)
                    .pollInterval(Duration.ofMillis(50))
                    .failFast("it ended", () -> !process.isAlive())
                    .until(condition);
        } catch (ConditionTimeoutException | TerminalFailureException e) {
            throw new AssertionError(outputText(), e);
        }
    }

    /** Lets the process run for this real time, or until it ends. */
    public void runFor(Duration time) throws InterruptedException {
        process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
