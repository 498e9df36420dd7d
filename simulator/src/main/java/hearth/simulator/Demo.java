package hearth.simulator;

import hearth.common.runtime.MonotonicClock;
import hearth.common.settings.BadSettings;
import hearth.simulator.page.PageServer;
import hearth.simulator.plant.Car;
import hearth.simulator.plant.Commute;
import hearth.simulator.plant.GpxTrack;
import hearth.simulator.terminal.Terminal;
import hearth.simulator.terminal.TextStyle;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/**
 * The demo: a broker, four nodes as processes of their own, and a house around them, told in lines. What {@code
 * bin/demo} runs. All it starts, and its folder, end with it.
 *
 * <p>Exit 0: asked to stop, or the story happened. 1: it did not, or something could not be started. 78: options.
 *
 * <p>System properties: {@code hearth.root}, the project's folder, where the page is and the embedded broker, and {@code
 * hearth.mvn}, its Maven, for the latter. {@code hearth.terminal}: true if somebody sits at a terminal; Java 17 cannot tell.
 */
public final class Demo {

    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int BAD_OPTIONS = 78;

    private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(15);
    private static final Duration INTERRUPT_DELAY = Duration.ofMillis(200);

    private Demo() {}

    /** Does not return. */
    public static void main(String[] args) {
        silenceLibraryLog();
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        CountDownLatch asked = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(shutdownHook(Thread.currentThread(), asked));
        Terminal terminal = Terminal.of(out, Boolean.getBoolean("hearth.terminal"), System.getenv());
        int status = run(args, terminal, asked);
        out.flush();
        Runtime.getRuntime().halt(status); // The MQTT client's threads would keep a finished process alive.
    }

    private static int run(String[] args, Terminal terminal, CountDownLatch asked) {
        try {
            DemoOptions options = DemoOptions.parse(args);
            if (options.help()) {
                terminal.printLine(DemoOptions.HELP.stripTrailing());
                return OK;
            }
            return run(options, terminal, asked) ? OK : FAILED;
        } catch (BadSettings e) {
            e.problems().forEach(terminal::printLine);
            return BAD_OPTIONS;
        } catch (InterruptedException e) {
            terminal.endStatus();
            return OK; // Asked to stop before the story began.
        } catch (IOException | UncheckedIOException e) {
            boolean cutShort = asked.getCount() == 0;
            terminal.endStatus();
            if (!cutShort) {
                terminal.printLine("the demo ends: " + e.getMessage());
            }
            return cutShort ? OK : FAILED;
        }
    }

    private static boolean run(DemoOptions options, Terminal terminal, CountDownLatch asked)
            throws IOException, InterruptedException {
        Path folder = options.folder().isPresent()
                ? newFolder(options.folder().get())
                : Files.createTempDirectory("hearth-demo-");
        try (ChildProcesses children = new ChildProcesses()) {
            String java =
                    Path.of(System.getProperty("java.home"), "bin", "java").toString();
            DemoBroker broker = chooseBroker(options, folder, java, terminal);
            PageServer page = PageServer.start(pageFolder(), options.pagePort(), broker.address());
            terminal.printLine("The house is at " + page.address());
            Optional<ChildProcesses.ChildProcess> brokerChild = startBroker(broker, children, folder);
            try (page;
                    TopicMonitor subscriber = TopicMonitor.connected(broker.host(), broker.port());
                    DemoCommandListener playground = DemoCommandListener.connected(broker, options.timeScale())) {
                GpxTrack wayHome = routeHome();
                Commute commute =
                        new Commute(wayHome, Duration.ofMinutes(55), Duration.ofMinutes(100), Duration.ofMinutes(160));
                House house = new House(folder, new Car(commute));
                house.writeSensorFiles();
                SimulationClock clock = new SimulationClock(new MonotonicClock(options.timeScale()));
                try (SimulatedGpsd gpsd =
                        SimulatedGpsd.start(() -> gpsReport(clock, house.car()), options.timeScale())) {
                    terminal.printLine("Hearth: four devices and a simulated house, "
                            + options.timeScale().speed() + " times real time, " + broker.displayName() + " on "
                            + broker.host()
                            + ":" + broker.port());
                    terminal.printLine("The same from outside:");
                    terminal.printLine(
                            "  mosquitto_sub -h " + broker.host() + " -p " + broker.port() + " -V 5 -v -t 'home/#'");
                    ProcessSupervisor watch = new ProcessSupervisor(
                            brokerChild, line -> terminal.printLine(terminal.styled(TextStyle.FAULT, line)));
                    for (NodeProgram node : NodeProgram.all(wayHome.end(), gpsd.port())) {
                        List<String> command = node.prepareCommand(
                                folder, broker, options.timeScale(), java, System.getProperty("java.class.path"));
                        watch.supervise(children.start(node.name(), command, folder.resolve(node.name() + ".log")));
                    }
                    DemoCommandExecutor wishes = new DemoCommandExecutor(house, watch, brokerChild);
                    return new DemoLoop(options, house, clock, subscriber, playground, wishes, watch, terminal, asked)
                            .run();
                }
            }
        } finally {
            if (options.folder().isEmpty()) {
                delete(folder);
            }
        }
    }

    private static DemoBroker chooseBroker(DemoOptions options, Path folder, String java, Terminal terminal)
            throws IOException, InterruptedException {
        String wanted = options.broker();
        int colon = wanted.lastIndexOf(':');
        if (colon > 0) {
            return DemoBroker.at(wanted.substring(0, colon), Integer.parseInt(wanted.substring(colon + 1)));
        }
        if (!wanted.equals("embedded")) {
            Optional<DemoBroker> mosquitto = DemoBroker.mosquitto(folder.resolve("broker"));
            if (mosquitto.isPresent()) {
                return mosquitto.get();
            }
            if (wanted.equals("mosquitto")) {
                throw new IOException("mosquitto is not installed: apt install mosquitto, or --broker embedded");
            }
            terminal.printLine(
                    "mosquitto is not installed; an embedded broker does. The first time 100 MB are fetched.");
        }
        Path project = Path.of(System.getProperty("hearth.root", "."), "simulator", "embedded-broker");
        String maven = System.getProperty("hearth.mvn", "mvn");
        return DemoBroker.embedded(project.toAbsolutePath().normalize(), maven, java, folder.resolve("broker"));
    }

    private static Path pageFolder() {
        return Path.of(System.getProperty("hearth.root", "."), "page", "target", "web");
    }

    private static Optional<ChildProcesses.ChildProcess> startBroker(
            DemoBroker broker, ChildProcesses children, Path folder) throws IOException, InterruptedException {
        if (!broker.isManaged()) {
            return Optional.empty();
        }
        ChildProcesses.ChildProcess child =
                children.start(broker.displayName(), broker.command(), folder.resolve("broker.log"));
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!broker.isReachable()) {
            if (child.awaitExit(Duration.ofMillis(20)) || System.nanoTime() - deadline > 0) {
                throw new IOException(
                        broker.displayName() + " did not start:\n" + String.join("\n", child.logTail(10)));
            }
        }
        return Optional.of(child);
    }

    /** Nodes that remember an earlier demo would not be where this one begins, and its files are somebody's to keep. */
    private static Path newFolder(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> files = Files.list(folder)) {
            if (files.findAny().isPresent()) {
                throw new IOException(folder + " is not empty: give --dir an empty folder, or a name for a new one");
            }
        }
        return folder;
    }

    private static GpxTrack routeHome() throws IOException {
        try (InputStream gpx = Demo.class.getResourceAsStream("way-home.gpx")) {
            if (gpx == null) {
                throw new IOException("way-home.gpx is missing in the jar");
            }
            return GpxTrack.read(gpx);
        }
    }

    private static SimulatedGpsd.GpsdReport gpsReport(SimulationClock clock, Car car) {
        Duration age = clock.elapsed();
        return new SimulatedGpsd.GpsdReport(House.BEGIN.plus(age).toInstant(ZoneOffset.UTC), car.at(age));
    }

    /** What runs when somebody presses Ctrl-C: the main thread is told, and ends everything in its usual way. */
    private static Thread shutdownHook(Thread main, CountDownLatch asked) {
        return new Thread(
                () -> {
                    asked.countDown();
                    try {
                        main.join(INTERRUPT_DELAY.toMillis());
                        main.interrupt(); // It may be waiting for a broker to start.
                        main.join(SHUTDOWN_TIMEOUT.toMillis());
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "goodbye");
    }

    /** The MQTT client's own log is not part of the story. Both are read when their classes load. */
    private static void silenceLibraryLog() {
        System.setProperty("io.netty.noUnsafe", "true");
        System.setProperty("tinylog.level", "error");
        System.setProperty("tinylog.writer", "console");
        System.setProperty("tinylog.writer.stream", "err");
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
