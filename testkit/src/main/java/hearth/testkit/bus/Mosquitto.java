package hearth.testkit.bus;

import hearth.testkit.net.LoopbackServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * A real Mosquitto as a child process: on a free port of this machine only, in a folder of its own, ended with the test.
 */
public final class Mosquitto implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static final Pattern LISTENER = Pattern.compile("(?m)^listener (\\d+)");

    /** Files may not grow, and the signal that says so is ignored: writing fails as it does on a full disk. */
    private static final List<String> WITH_FULL_DISK =
            List.of("sh", "-c", "trap '' XFSZ; ulimit -f 0; exec \"$0\" \"$@\"");

    private final List<String> wrapper;
    private final Path program;
    private final Path folder;
    private final int port;
    private @Nullable Process process;

    private Mosquitto(List<String> wrapper, Path program, Path folder, int port) {
        this.wrapper = wrapper;
        this.program = program;
        this.folder = folder;
        this.port = port;
    }

    /** Starts one. @param more lines of configuration, such as {@code max_qos 1} */
    public static Mosquitto in(Path folder, String... more) throws IOException {
        return started(List.of(), folder, more);
    }

    /** Starts one that can write nothing, not even its log. */
    public static Mosquitto withFullDisk(Path folder, String... more) throws IOException {
        return started(WITH_FULL_DISK, folder, more);
    }

    private static Mosquitto started(List<String> wrapper, Path folder, String... more) throws IOException {
        Mosquitto broker = new Mosquitto(wrapper, installed(), folder, LoopbackServer.freePort());
        Files.writeString(broker.configuration(), broker.withConfiguration(List.of(more)));
        broker.start();
        return broker;
    }

    /** Starts one with a configuration of its own, which has a listener on that port, and its log at standard error. */
    public static Mosquitto withConfiguration(Path folder, int port, String configuration) throws IOException {
        Mosquitto broker = new Mosquitto(List.of(), installed(), folder, port);
        Files.writeString(broker.configuration(), configuration + "\n" + user() + "\n");
        broker.start();
        return broker;
    }

    public int port() {
        return port;
    }

    boolean isAlive() {
        Process running = process;
        return running != null && running.isAlive();
    }

    long pid() {
        Process running = process;
        return running == null ? -1 : running.pid();
    }

    public URI url() {
        return URI.create("mqtt://127.0.0.1:" + port);
    }

    /** Starts it on the port it had, with what database it has. Returns when it listens. */
    public void start() throws IOException {
        List<String> command = new ArrayList<>(wrapper);
        command.addAll(List.of(program.toString(), "-c", configuration().toString()));
        Process started = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
                .start();
        process = started;
        // Should the test's own process end without ceremony.
        Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
        Awaitility.await("mosquitto to listen, see " + folder.resolve("log"))
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> listens(started));
    }

    /** Asks it to end; it saves its database. */
    public void stop() {
        end(false);
    }

    /** Ends it as a power cut does (SIGKILL). */
    public void kill() {
        end(true);
    }

    /** Deletes its database, so that it knows of no retained message and no session when it starts again. */
    public void forget() throws IOException {
        Files.deleteIfExists(folder.resolve("mosquitto.db"));
    }

    /** It answers nothing any more, and its connections stay open (SIGSTOP). */
    public void freeze() throws IOException, InterruptedException {
        signal("-STOP");
    }

    public void thaw() throws IOException, InterruptedException {
        signal("-CONT");
    }

    /** It reads its rights again (SIGHUP), as {@code systemctl reload} has it. */
    public void reload() throws IOException, InterruptedException {
        signal("-HUP");
    }

    @Override
    public void close() {
        end(true);
    }

    private void end(boolean forcibly) {
        Process running = process;
        process = null;
        if (running == null) {
            return;
        }
        if (forcibly) {
            running.destroyForcibly();
        } else {
            running.destroy();
        }
        running.onExit().orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
    }

    private void signal(String signal) throws IOException, InterruptedException {
        Process running = process;
        if (running == null) {
            throw new IllegalStateException("mosquitto is not running");
        }
        new ProcessBuilder("kill", signal, Long.toString(running.pid())).start().waitFor();
    }

    private boolean listens(Process started) throws IOException {
        if (!started.isAlive()) {
            throw new IllegalStateException("mosquitto ended: " + Files.readString(folder.resolve("log")));
        }
        Matcher listener = LISTENER.matcher(Files.readString(configuration()));
        while (listener.find()) { // It opens one after the other.
            if (!listensAt(Integer.parseInt(listener.group(1)))) {
                return false;
            }
        }
        return true;
    }

    private static boolean listensAt(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private Path configuration() {
        return folder.resolve("mosquitto.conf");
    }

    /** What a test needs anyway, and an installed one has from its package. */
    private String localConfiguration() {
        return String.join("\n", "persistence true", "persistence_location " + folder + "/", user());
    }

    /** As root it would become another who may not write into a test's folder. */
    private static String user() {
        return "root".equals(System.getProperty("user.name")) ? "user root" : "";
    }

    private String withConfiguration(List<String> more) {
        return String.join(
                        "\n",
                        "listener " + port + " 127.0.0.1",
                        "allow_anonymous true",
                        "set_tcp_nodelay true",
                        localConfiguration(),
                        String.join("\n", more))
                + "\n";
    }

    private static Path installed() {
        return Stream.concat(
                        Optional.ofNullable(System.getenv("PATH")).stream().flatMap(path -> Stream.of(path.split(":"))),
                        Stream.of("/usr/sbin", "/usr/local/sbin"))
                .map(directory -> Path.of(directory, "mosquitto"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "these tests need a Mosquitto to talk to: apt-get install mosquitto"));
    }
}
