package hearth.simulator;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The address of the broker of the demo, and the command that starts it.
 *
 * @param displayName for the output, such as {@code mosquitto}
 * @param command     starts the broker; empty for a broker that runs already
 */
record DemoBroker(String displayName, String host, int port, List<String> command) {

    private static final String LOCALHOST = "127.0.0.1";
    private static final String VERSION = "HiveMQ CE 2025.5"; // As in embedded-broker/pom.xml.
    private static final Duration BUILD_TIMEOUT = Duration.ofMinutes(10);

    DemoBroker {
        command = List.copyOf(command);
    }

    /** A broker that runs already. */
    static DemoBroker at(String host, int port) {
        return new DemoBroker("broker", host, port, List.of());
    }

    /** Mosquitto with its own configuration in the folder; empty if it is not installed. */
    static Optional<DemoBroker> mosquitto(Path folder) throws IOException {
        Optional<Path> program = findProgram("mosquitto");
        if (program.isEmpty()) {
            return Optional.empty();
        }
        int port = freePort();
        Files.createDirectories(folder);
        Path config = folder.resolve("mosquitto.conf");
        Files.writeString(config, mosquittoConfig(port, folder, System.getProperty("user.name")));
        return Optional.of(new DemoBroker(
                "mosquitto", LOCALHOST, port, List.of(program.get().toString(), "-c", config.toString())));
    }

    static String mosquittoConfig(int port, Path folder, String user) {
        return """
                listener %d 127.0.0.1
                allow_anonymous true
                set_tcp_nodelay true
                persistence true
                persistence_location %s/
                log_dest stdout
                %s""".formatted(port, folder.toAbsolutePath(), user.equals("root") ? "user root\n" : "");
        // Started as root, mosquitto would change to the user mosquitto, who has no write access to the folder.
    }

    /**
     * An embedded HiveMQ in a separate Java process. The first time Maven downloads its jars, 100 MB.
     *
     * @param project the folder {@code embedded-broker}
     */
    static DemoBroker embedded(Path project, String maven, String java, Path folder)
            throws IOException, InterruptedException {
        Path jars = project.resolve("target/class-path");
        Path classes = project.resolve("target/classes");
        Files.createDirectories(folder);
        if (!isBuilt(project, classes.resolve("hearth/embedded/EmbeddedBroker.class"), jars)) {
            build(project, maven, jars, folder.resolve("maven.log"));
        }
        int port = freePort();
        String classPath = classes + File.pathSeparator + Files.readString(jars).strip();
        return new DemoBroker(
                VERSION,
                LOCALHOST,
                port,
                List.of(
                        java,
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx96m",
                        "-XX:-UsePerfData",
                        "-cp",
                        classPath,
                        "hearth.embedded.EmbeddedBroker",
                        Integer.toString(port),
                        folder.toString()));
    }

    /** Skips Maven, which takes eight seconds even if everything is up to date. */
    private static boolean isBuilt(Path project, Path program, Path jars) throws IOException {
        Path source = project.resolve("src/main/java/hearth/embedded/EmbeddedBroker.java");
        return isNewer(program, source)
                && isNewer(jars, project.resolve("pom.xml"))
                && Stream.of(Files.readString(jars).strip().split(File.pathSeparator, -1))
                        .allMatch(jar -> Files.exists(Path.of(jar)));
    }

    private static boolean isNewer(Path made, Path source) throws IOException {
        return Files.exists(made) && Files.getLastModifiedTime(made).compareTo(Files.getLastModifiedTime(source)) > 0;
    }

    private static void build(Path project, String maven, Path jars, Path log)
            throws IOException, InterruptedException {
        List<String> command = List.of(
                maven,
                "-q",
                "-B",
                "-f",
                project.resolve("pom.xml").toString(),
                "compile",
                "dependency:build-classpath",
                "-Dmdep.outputFile=" + jars);
        Process build = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!build.waitFor(BUILD_TIMEOUT.toSeconds(), TimeUnit.SECONDS) || build.exitValue() != 0) {
                throw new IOException(
                        maven + " did not build the embedded broker, see its output:\n" + Files.readString(log));
            }
        } finally {
            build.destroy();
        }
    }

    boolean isManaged() {
        return !command.isEmpty();
    }

    InetSocketAddress address() {
        return new InetSocketAddress(host, port);
    }

    boolean isReachable() {
        try (Socket socket = new Socket()) {
            socket.connect(address(), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static Optional<Path> findProgram(String name) {
        List<String> folders =
                new ArrayList<>(List.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)));
        folders.add("/usr/sbin"); // Debian installs mosquitto here, and few users have it in PATH.
        folders.add("/usr/local/sbin");
        Stream<Path> candidates =
                folders.stream().filter(folder -> !folder.isEmpty()).map(folder -> Path.of(folder, name));
        return candidates.filter(Files::isExecutable).findFirst();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
