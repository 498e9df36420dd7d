package hearth.proving.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Opens pages in a headless Chromium, with a new process for each page. It cannot reach the network. */
final class Chromium {

    private static final Pattern ROOT = Pattern.compile("<html[^>]*>");
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final long TIMEOUT_S = 120;

    private final Path folder;
    private final String program;

    /** @param folder for the profiles and the output of the browser */
    Chromium(Path folder) {
        this.folder = folder;
        this.program = installed();
    }

    private static String installed() {
        for (String name : NAMES) {
            for (String place : System.getenv("PATH").split(":", -1)) {
                if (Files.isExecutable(Path.of(place, name))) {
                    return name;
                }
            }
        }
        throw new AssertionError(
                "this test requires Chromium, which is not installed: apt-get install chromium, or run bin/verify");
    }

    /**
     * Opens a page, lets its scripts run for up to ten seconds of virtual time, and reads the result.
     *
     * @param address with an optional fragment {@code #…}
     */
    RenderedPage open(String address, int width, int height) throws IOException, InterruptedException {
        String dom = run(List.of("--dump-dom", "--window-size=" + width + "," + height, address));
        Matcher root = ROOT.matcher(dom);
        assertThat(root.find()).as("a page in: %s", dom).isTrue();
        return new RenderedPage(root.group(), Files.readString(folder.resolve("stderr")));
    }

    private String run(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                program,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--host-resolver-rules=MAP * ~NOTFOUND",
                "--enable-logging=stderr",
                "--virtual-time-budget=10000",
                "--user-data-dir=" + Files.createTempDirectory(folder, "profile")));
        command.addAll(arguments);
        Path page = folder.resolve("page");
        Path output = folder.resolve("stderr");
        Process browser = new ProcessBuilder(command)
                .redirectOutput(page.toFile())
                .redirectError(output.toFile())
                .start();
        try {
            assertThat(browser.waitFor(TIMEOUT_S, TimeUnit.SECONDS))
                    .as("the browser exits within %d s", TIMEOUT_S)
                    .isTrue();
        } finally {
            browser.descendants().forEach(ProcessHandle::destroyForcibly);
            browser.destroyForcibly();
        }
        assertThat(browser.exitValue()).as(Files.readString(output)).isZero();
        return Files.readString(page);
    }

    /**
     * A page after its scripts have run.
     *
     * @param root the tag of the root element, with the attributes that scripts wrote
     * @param log  the standard error of the browser, with the messages of the console
     */
    record RenderedPage(String root, String log) {

        /** The value that a script wrote into {@code document.documentElement.dataset}; empty for none. */
        String data(String name) {
            Matcher value = Pattern.compile(" data-" + name + "=\"([^\"]*)\"").matcher(root);
            return value.find() ? value.group(1) : "";
        }

        int number(String name) {
            assertThat(data(name)).as("data-%s in %s", name, root).matches("-?[0-9]+");
            return Integer.parseInt(data(name));
        }

        /** Messages, warnings and errors of the scripts of the page, including blocked requests. */
        List<String> console() {
            return log.lines().filter(line -> line.contains(":CONSOLE")).toList();
        }
    }
}
