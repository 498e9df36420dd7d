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

/** A real Mosquitto as a child process: on a free loopback port, with its own folder; it ends with the test. */
public final class Mosquitto implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static final Pattern LISTENER = Pattern.compile("(?m)^listener (\\d+)");

    /** Files must not grow, and the signal for that is ignored: writing fails as on a full disk. */
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

    /** Starts a broker. @param more lines of configuration, such as {@code max_qos 1} */
    public static Mosquitto in(Path folder, String... more) throws IOException {
        return started(List.of(), folder, more);
    }

    /** Starts a broker that cannot write any file, not even its log. */
    public static Mosquitto withFullDisk(Path folder, String... more) throws IOException {
        return started(WITH_FULL_DISK, folder, more);
    }

    private static Mosquitto started(List<String> wrapper, Path folder, String... more) throws IOException {
        Mosquitto broker = new Mosquitto(wrapper, installed(), folder, LoopbackServer.freePort());
        Files.writeString(broker.configuration(), broker.withConfiguration(List.of(more)));
        broker.start();
        return broker;
    }

    /**
     * Starts a broker with the given configuration, which must have a listener on that port and log to standard error.
     */
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

    /** Starts the broker again on its port, with its database. Returns when it listens. */
    public void start() throws IOException {
        List<String> command = new ArrayList<>(wrapper);
        command.addAll(List.of(program.toString(), "-c", configuration().toString()));
        Process started = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
                .start();
        process = started;
        // In case the test process ends without closing the broker.
        Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
        Awaitility.await("mosquitto to listen, see " + folder.resolve("log"))
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> listens(started));
    }

    /** Stops it regularly; it saves its database. */
    public void stop() {
        end(false);
    }

    /** Ends it as a power cut does (SIGKILL). */
    public void kill() {
        end(true);
    }

    /** Deletes its database: the next start has no retained messages and no sessions. */
    public void forget() throws IOException {
        Files.deleteIfExists(folder.resolve("mosquitto.db"));
    }

    /** Stops it from answering while its connections stay open (SIGSTOP). */
    public void freeze() throws IOException, InterruptedException {
        signal("-STOP");
    }

    public void thaw() throws IOException, InterruptedException {
        signal("-CONT");
    }

    /** Makes it read its access rights again (SIGHUP), like {@code systemctl reload}. */
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
        while (listener.find()) { // It opens them one after the other.
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

    /** Settings that a test needs, and that an installed broker has from its package. */
    private String localConfiguration() {
        return String.join("\n", "persistence true", "persistence_location " + folder + "/", user());
    }

    /** As root it would switch to a user without write permission in the test's folder. */
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
                .orElseThrow(
                        () -> new IllegalStateException("these tests require Mosquitto: apt-get install mosquitto"));
    }
}
