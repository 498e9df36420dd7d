package hearth.testkit.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs Jazzer, a coverage-guided fuzzer, to find an input that breaks a target's property. It runs in a separate
 * process and starts with the inputs in {@code src/test/corpus}; findings and new inputs are in {@code target/jazzer}.
 */
public final class JazzerRun {

    /** For all targets together; with the starts about two minutes. {@code bin/verify --long} uses more. */
    private static final int SECONDS = Integer.getInteger("hearth.jazzer.seconds", 90);

    private static final int TARGETS = 5;
    private static final long STARTS_WITHIN_S = 120;
    private static final Pattern DONE = Pattern.compile("Done ([0-9]+) runs in ([0-9]+) second");
    private static final Pattern COVERED = Pattern.compile("cov: ([0-9]+)");

    private JazzerRun() {}

    /** The folder with the stored inputs of a target of this module. */
    public static Path corpus(String name) {
        return Path.of("src", "test", "corpus", name);
    }

    /** @param target has a {@code fuzzerTestOneInput} */
    public static void run(String name, Class<?> target) throws IOException, InterruptedException {
        Path out = Path.of("target", "jazzer", name);
        Path added = Files.createDirectories(out.resolve("corpus"));
        Path log = out.resolve("log");
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + target.getName(),
                "--instrumentation_includes=hearth.**:com.fasterxml.jackson.core.**",
                "--reproducer_path=" + out,
                "-artifact_prefix=" + out + "/",
                "-max_total_time=" + Math.max(1, SECONDS / TARGETS),
                "-max_len=5000",
                "-timeout=30",
                "-rss_limit_mb=2048",
                added.toString(),
                corpus(name).toString());
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(process.waitFor(SECONDS + STARTS_WITHIN_S, TimeUnit.SECONDS))
                    .as("Jazzer ends, see %s", log.toAbsolutePath())
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        String output = Files.readString(log);
        assertThat(process.exitValue())
                .as("Jazzer's output for %s: %s", name, output)
                .isZero();
        Matcher done = DONE.matcher(output);
        assertThat(done.find())
                .as("the last lines of Jazzer's output: %s", output)
                .isTrue();
        long runs = Long.parseLong(done.group(1));
        assertThat(runs).as("cases that Jazzer tried").isGreaterThan(1000);
        String covered = COVERED.matcher(output)
                .results()
                .reduce((first, second) -> second)
                .map(last -> last.group(1))
                .orElse("?");
        System.out.printf(
                "jazzer: %s, %d cases in %s s, %s branches seen, nothing found%n", name, runs, done.group(2), covered);
    }
}
