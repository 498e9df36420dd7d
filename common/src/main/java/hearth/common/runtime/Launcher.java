package hearth.common.runtime;

import hearth.common.hal.Hal;
import hearth.common.hal.Problem;
import hearth.common.hal.Problem.Severity;
import hearth.common.hal.Wiring;
import hearth.common.hal.mock.MockHal;
import hearth.common.hal.pi.PiHal;
import hearth.common.message.CommonTopics;
import hearth.common.mqtt.Bus;
import hearth.common.mqtt.HiveMqBus;
import hearth.common.settings.BadSettings;
import hearth.common.settings.Settings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.ref.Reference;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.Charset;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.tinylog.Logger;
import org.tinylog.provider.ProviderRegistry;

/** Runs a node as a program: reads the command line and the settings, starts the node, and ends with an {@link ExitStatus}. */
public final class Launcher {

    private static final Duration DISCONNECT_TIMEOUT = Duration.ofSeconds(2);

    private Launcher() {}

    /** Called by {@code main}. Does not return. */
    public static void main(NodeType<?> nodeType, String[] args) {
        ExitStatus status = run(nodeType, args);
        System.out.flush();
        halt(status); // The MQTT client's threads would keep a finished process alive.
    }

    private static <C> ExitStatus run(NodeType<C> nodeType, String[] args) {
        try {
            CommandLine line = CommandLine.parse(nodeType.program(), args);
            switch (line.verb()) {
                case HELP -> System.out.print(CommandLine.help(nodeType.program(), nodeType.purpose()));
                case VERSION -> System.out.println(nodeType.program() + " " + version());
                case INIT -> init(nodeType, line);
                case CHECK, RELAY_TEST, TRAIN_CDS, RUN -> start(nodeType, line);
            }
            return ExitStatus.OK;
        } catch (BadSettings e) {
            e.problems().forEach(System.err::println);
            return ExitStatus.BAD_SETTINGS;
        } catch (IOException e) {
            Logger.error("{}", e.getMessage());
            return ExitStatus.FAILED;
        } catch (InterruptedException e) {
            return ExitStatus.OK; // Asked to stop before it ran.
        } catch (UncheckedIOException e) { // A relay that does not switch is not a bug.
            Logger.error("{}: {}; the process exits, so that systemd starts it again", e.getMessage(), e.getCause());
            return ExitStatus.FAILED;
        } catch (RuntimeException e) {
            Logger.error(e, "bug in the program; the process exits, so that systemd starts it again");
            return ExitStatus.FAILED;
        }
    }

    private static <C> void start(NodeType<C> nodeType, CommandLine line)
            throws BadSettings, IOException, InterruptedException {
        ConfiguredNode<C> configured = ConfiguredNode.read(nodeType, Settings.read(line.config()));
        RealTimers timers = new RealTimers(line.timeScale());
        Hal hal = hal(line, timers);
        Wiring wiring = nodeType.wiring(configured.device());
        List<Problem> problems = hal.problems(wiring);
        if (line.verb() == CommandLine.Verb.CHECK) {
            if (!problems.isEmpty()) {
                throw new BadSettings(problems.stream().map(Problem::message).toList());
            }
            System.out.println(line.config() + ": no problems found");
            return;
        }
        if (line.verb() == CommandLine.Verb.TRAIN_CDS) {
            PiHal.preloadDrivers();
        }
        handleProblems(problems);
        if (line.verb() == CommandLine.Verb.RELAY_TEST) {
            new RelayTestCommand(hal, line.timeScale(), input(), System.out).run(wiring, line.output());
            return;
        }
        run(configured, hal, timers, line);
    }

    /** Saves the file that was there before as {@code FILE.before}. */
    private static <C> void init(NodeType<C> nodeType, CommandLine line) throws BadSettings, IOException {
        Path file = line.config();
        String before = Files.exists(file) ? Files.readString(file) : "";
        Hal hal = hal(line, new RealTimers(line.timeScale()));
        String after = new SettingsWizard<>(nodeType, hal, input(), System.out)
                .ask(String.valueOf(file.getFileName()), before);
        try {
            if (!before.isEmpty() && !before.equals(after)) {
                Files.writeString(file.resolveSibling(file.getFileName() + ".before"), before);
            }
            Files.writeString(file, after);
        } catch (AccessDeniedException e) {
            throw new IOException(
                    "no permission to write " + e.getFile() + ": use sudo, or name another file with --config FILE", e);
        }
        System.out.println(file + " is written; no problems found.");
    }

    private static Hal hal(CommandLine line, Timers timers) {
        return line.mock()
                .<Hal>map(folder -> new MockHal(folder, timers.clock()))
                .orElseGet(PiHal::new);
    }

    private static BufferedReader input() {
        return new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
    }

    private static void handleProblems(List<Problem> problems) throws BadSettings, IOException {
        List<String> fatal = withSeverity(problems, Severity.FATAL);
        if (!fatal.isEmpty()) {
            throw new BadSettings(fatal);
        }
        List<String> retried = withSeverity(problems, Severity.RETRY);
        if (!retried.isEmpty()) {
            throw new IOException(String.join("; ", retried));
        }
        withSeverity(problems, Severity.WARNING).forEach(warning -> Logger.warn("{}", warning));
    }

    private static List<String> withSeverity(List<Problem> problems, Severity severity) {
        return problems.stream()
                .filter(problem -> problem.severity() == severity)
                .map(Problem::message)
                .toList();
    }

    private static <C> void run(ConfiguredNode<C> configured, Hal hal, RealTimers timers, CommandLine line)
            throws IOException, InterruptedException {
        NodeSettings common = configured.common();
        CountDownLatch outputsOff = new CountDownLatch(1);
        exitOnUncaught(Thread.currentThread(), outputsOff);
        Path folder = stateFolder(line, common);
        Optional<FileLock> lock = lock(folder, common.name());
        Bus bus = new HiveMqBus(
                common.brokers(),
                common.identity(),
                common.name(),
                CommonTopics.STATUS.of(common.prefix(), common.name()),
                timers.clock(),
                line.timeScale());
        WallClock wallClock =
                line.mock().isPresent() ? WallClock.simulated(timers.clock(), ZoneOffset.UTC) : WallClock.systemClock();
        NodePlatform platform = new NodePlatform(
                hal, bus, timers, wallClock, line.timeScale(), NodeStorage.in(folder), bootId(), version());
        Node<?, ?> node = NodeAssembly.of(configured, platform).node();
        Logger.info("{} {} starts as {}", configured.type().program(), version(), common.name());
        installShutdownHook(Thread.currentThread(), outputsOff, bus);
        bus.connect(Duration.ZERO);
        try {
            node.run(line.timeScale(), SystemdNotifier.of(System.getenv(), timers));
        } finally {
            outputsOff.countDown();
            Reference.reachabilityFence(lock); // Garbage collection would release it.
        }
        Thread.currentThread().join(); // The shutdown hook disconnects from the broker and ends the process.
    }

    /** On SIGTERM or Ctrl-C the loop ends and switches all outputs off; then the node publishes {@code offline}. */
    private static void installShutdownHook(Thread loop, CountDownLatch outputsOff, Bus bus) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            boolean off = stopLoop(loop, outputsOff);
            bus.disconnect(DISCONNECT_TIMEOUT);
            Logger.info(
                    off
                            ? "stopped; all outputs are off"
                            : "stopped, but the control loop did not end in time: outputs may be on");
            halt(off ? ExitStatus.OK : ExitStatus.FAILED);
        }));
    }

    /** An uncaught exception in any thread ends the process: the state of a node without that thread is not tested. */
    private static void exitOnUncaught(Thread loop, CountDownLatch outputsOff) {
        Thread.setDefaultUncaughtExceptionHandler((thread, exception) -> {
            try {
                Logger.error(
                        exception,
                        "bug in the program, in thread {}; the process exits, so that systemd starts it again",
                        thread.getName());
                stopLoop(loop, outputsOff);
            } finally {
                halt(ExitStatus.FAILED);
            }
        });
    }

    private static boolean stopLoop(Thread loop, CountDownLatch outputsOff) {
        loop.interrupt();
        try {
            return outputsOff.await(DISCONNECT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Path stateFolder(CommandLine line, NodeSettings common) {
        String systemd = System.getenv("STATE_DIRECTORY");
        if (systemd != null && !systemd.isEmpty()) {
            return Path.of(systemd);
        }
        return line.mock().map(folder -> folder.resolve("state")).orElseGet(() -> Path.of(common.stateFolder()));
    }

    /**
     * Two processes of one node would switch the same relay. On a disk that takes no lock the node runs without one: a
     * house whose SD card is worn out must stay warm. The lock ends with the process.
     */
    private static Optional<FileLock> lock(Path folder, String name) throws IOException {
        Path file = folder.resolve(name + ".lock");
        FileLock lock;
        try {
            Files.createDirectories(folder);
            lock = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)
                    .tryLock();
        } catch (IOException e) {
            Logger.warn(
                    "cannot lock {}, so a second process of this node would not be noticed: {}", file, e.toString());
            return Optional.empty();
        }
        if (lock == null) {
            throw new IOException("another process of node " + name + " uses the state folder " + folder
                    + ": stop that process, or give this node another node.name");
        }
        return Optional.of(lock);
    }

    /** Writes the log before it ends the process. */
    private static void halt(ExitStatus status) {
        try {
            ProviderRegistry.getLoggingProvider().shutdown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            Runtime.getRuntime().halt(status.code());
        }
    }

    private static String bootId() {
        return UUID.randomUUID().toString().substring(0, 8);
    }

    private static String version() {
        String version = Launcher.class.getPackage().getImplementationVersion();
        return version == null ? "dev" : version;
    }
}
