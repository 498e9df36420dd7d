package hearth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The exit status and the output of a finished program. */
public record ProgramRun(int status, String output) {

    private static final long TIMEOUT_S = 300;

    public static ProgramRun run(String... command) throws IOException, InterruptedException {
        return run(Map.of(), command);
    }

    /** @param environment in addition to ours */
    public static ProgramRun run(Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile("said", ".txt");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(output.toFile());
            Map<String, String> all = new HashMap<>(environment);
            all.putIfAbsent("LC_ALL", "C.UTF-8");
            builder.environment().putAll(all);
            Process process = builder.start();
            boolean ended = process.waitFor(TIMEOUT_S, TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly();
            }
            assertThat(ended).as("%s ends", Arrays.toString(command)).isTrue();
            return new ProgramRun(process.exitValue(), Files.readString(output));
        } finally {
            Files.delete(output);
        }
    }

    /** The output of a program that must succeed. */
    public static List<String> lines(String... command) throws IOException, InterruptedException {
        ProgramRun run = run(command);
        assertThat(run.status).as(run.output).isZero();
        return run.output.lines().toList();
    }
}
