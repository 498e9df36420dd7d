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
 * The main class of {@code bin/demo}: runs a broker, four nodes as processes, and a simulated house, and prints events.
 * Ends all its processes and deletes its folder at the end.
 *
 * <p>Exit 0: stopped on request, or the story passed. 1: the story failed, or a process did not start. 78: bad options.
 *
 * <p>System properties: {@code hearth.root} is the folder of the project, with the page and the embedded broker; {@code
 * hearth.mvn} is the Maven command that builds the embedded broker; {@code hearth.terminal} is true if the output is a
 * terminal, which Java 17 cannot find out.
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
        CountDownLatch stopRequested = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(shutdownHook(Thread.currentThread(), stopRequested));
        Terminal terminal = Terminal.of(out, Boolean.getBoolean("hearth.terminal"), System.getenv());
        int status = run(args, terminal, stopRequested);
        out.flush();
        Runtime.getRuntime().halt(status); // The MQTT client's threads would keep a finished process alive.
    }

    private static int run(String[] args, Terminal terminal, CountDownLatch stopRequested) {
        try {
            DemoOptions options = DemoOptions.parse(args);
            if (options.help()) {
                terminal.printLine(DemoOptions.HELP.stripTrailing());
                return OK;
            }
            return run(options, terminal, stopRequested) ? OK : FAILED;
        } catch (BadSettings e) {
            e.problems().forEach(terminal::printLine);
            return BAD_OPTIONS;
        } catch (InterruptedException e) {
            terminal.endStatus();
            return OK; // Asked to stop before the story began.
        } catch (IOException | UncheckedIOException e) {
            boolean stopped = stopRequested.getCount() == 0;
            terminal.endStatus();
            if (!stopped) {
                terminal.printLine("the demo failed: " + e.getMessage());
            }
            return stopped ? OK : FAILED;
        }
    }

    private static boolean run(DemoOptions options, Terminal terminal, CountDownLatch stopRequested)
            throws IOException, InterruptedException {
        Path folder = options.folder().isPresent()
                ? newFolder(options.folder().get())
                : Files.createTempDirectory("hearth-demo-");
        try (ChildProcesses children = new ChildProcesses()) {
            String java =
                    Path.of(System.getProperty("java.home"), "bin", "java").toString();
            DemoBroker broker = chooseBroker(options, folder, java, terminal);
            PageServer page = PageServer.start(pageFolder(), options.pagePort(), broker.address());
            terminal.printLine("The page is at " + page.address());
            Optional<ChildProcesses.ChildProcess> brokerChild = startBroker(broker, children, folder);
            try (page;
                    TopicMonitor monitor = TopicMonitor.connected(broker.host(), broker.port());
                    DemoCommandListener commandListener = DemoCommandListener.connected(broker, options.timeScale())) {
                GpxTrack wayHome = routeHome();
                Commute commute =
                        new Commute(wayHome, Duration.ofMinutes(55), Duration.ofMinutes(100), Duration.ofMinutes(160));
                House house = new House(folder, new Car(commute));
                house.writeSensorFiles();
                SimulationClock clock = new SimulationClock(new MonotonicClock(options.timeScale()));
                try (SimulatedGpsd gpsd =
                        SimulatedGpsd.start(() -> gpsReport(clock, house.car()), options.timeScale())) {
                    terminal.printLine("Hearth demo: four nodes in a simulated house, "
                            + options.timeScale().speed() + " times real time, " + broker.displayName() + " on "
                            + broker.host()
                            + ":" + broker.port());
                    terminal.printLine("To see all messages:");
                    terminal.printLine(
                            "  mosquitto_sub -h " + broker.host() + " -p " + broker.port() + " -V 5 -v -t 'home/#'");
                    ProcessSupervisor supervisor = new ProcessSupervisor(
                            brokerChild, line -> terminal.printLine(terminal.styled(TextStyle.FAULT, line)));
                    for (NodeProgram node : NodeProgram.all(wayHome.end(), gpsd.port())) {
                        List<String> command = node.prepareCommand(
                                folder, broker, options.timeScale(), java, System.getProperty("java.class.path"));
                        supervisor.supervise(
                                children.start(node.name(), command, folder.resolve(node.name() + ".log")));
                    }
                    DemoCommandExecutor commandExecutor = new DemoCommandExecutor(house, supervisor, brokerChild);
                    return new DemoLoop(
                                    options,
                                    house,
                                    clock,
                                    monitor,
                                    commandListener,
                                    commandExecutor,
                                    supervisor,
                                    terminal,
                                    stopRequested)
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
        String broker = options.broker();
        int colon = broker.lastIndexOf(':');
        if (colon > 0) {
            return DemoBroker.at(broker.substring(0, colon), Integer.parseInt(broker.substring(colon + 1)));
        }
        if (!broker.equals("embedded")) {
            Optional<DemoBroker> mosquitto = DemoBroker.mosquitto(folder.resolve("broker"));
            if (mosquitto.isPresent()) {
                return mosquitto.get();
            }
            if (broker.equals("mosquitto")) {
                throw new IOException(
                        "mosquitto is not installed: run apt install mosquitto, or use --broker embedded");
            }
            terminal.printLine(
                    "mosquitto is not installed: using an embedded broker (the first time Maven downloads 100 MB)");
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

    /** Requires an empty folder: nodes would load the saved state of an earlier demo, and its files may be of value. */
    private static Path newFolder(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> files = Files.list(folder)) {
            if (files.findAny().isPresent()) {
                throw new IOException(folder + " is not empty: --dir requires an empty or a new folder");
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

    /** Runs at Ctrl-C: lets the main thread end the demo in the usual way, so that no process stays behind. */
    private static Thread shutdownHook(Thread main, CountDownLatch stopRequested) {
        return new Thread(
                () -> {
                    stopRequested.countDown();
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

    /** Hides the log of the MQTT client. Netty and tinylog read these properties when their classes load. */
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
