package hearth.common.runtime;

import hearth.common.core.CommandLog;
import hearth.common.hal.Hal;
import hearth.common.hal.Problem;
import hearth.common.hal.Problem.Severity;
import hearth.common.hal.Wiring;
import hearth.common.hal.mock.MockHal;
import hearth.common.hal.pi.PiHal;
import hearth.common.homeassistant.DiscoveryMessages;
import hearth.common.homeassistant.DiscoveryPublisher;
import hearth.common.message.CommonTopics;
import hearth.common.message.Result;
import hearth.common.message.Topic;
import hearth.common.mqtt.Bus;
import hearth.common.mqtt.CommandPolicy;
import hearth.common.mqtt.HiveMqBus;
import hearth.common.mqtt.NodeBus;
import hearth.common.mqtt.SignedCommandPolicy;
import hearth.common.settings.BadSettings;
import hearth.common.settings.Settings;
import hearth.common.store.StateFile;
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
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.tinylog.Logger;
import org.tinylog.provider.ProviderRegistry;

/** Starts a device as a process and ends it well: see {@link ExitStatus}. */
public final class Launcher {

    /** What every node says and is told. */
    public static final List<Topic<?>> TOPICS =
            List.of(CommonTopics.STATUS, Health.TOPIC, CommonTopics.FAULT, Result.TOPIC, CommonTopics.RESET);

    private static final Duration DISCONNECT_TIMEOUT = Duration.ofSeconds(2);

    private Launcher() {}

    /** What {@code main} calls. Does not return. */
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
        } catch (UncheckedIOException e) { // A relay that does not do as it is told is no bug.
            Logger.error("{}: {}: ending, to be started afresh", e.getMessage(), e.getCause());
            return ExitStatus.FAILED;
        } catch (RuntimeException e) {
            Logger.error(e, "a bug: ending, to be started afresh");
            return ExitStatus.FAILED;
        }
    }

    private static <C> void start(NodeType<C> nodeType, CommandLine line)
            throws BadSettings, IOException, InterruptedException {
        record Both<C>(NodeSettings node, C device) {}
        Both<C> settings = Settings.read(line.config())
                .check(text -> new Both<>(NodeSettings.read(text), nodeType.readSettings(text)));
        RealTimers timers = new RealTimers(line.timeScale());
        Hal hal = hal(line, timers);
        Wiring wiring = nodeType.wiring(settings.device);
        List<Problem> problems = hal.problems(wiring);
        if (line.verb() == CommandLine.Verb.CHECK) {
            if (!problems.isEmpty()) {
                throw new BadSettings(problems.stream().map(Problem::message).toList());
            }
            System.out.println(line.config() + ": all is well");
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
        run(nodeType, settings.device, settings.node, hal, timers, line);
    }

    /** Keeps what stood there before in a file beside it. */
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
            throw new IOException("no right to write " + e.getFile() + ": run it with sudo, or give --config FILE", e);
        }
        System.out.println(file + " is written and all is well with it.");
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
        List<String> forGood = withSeverity(problems, Severity.FATAL);
        if (!forGood.isEmpty()) {
            throw new BadSettings(forGood);
        }
        List<String> forNow = withSeverity(problems, Severity.RETRY);
        if (!forNow.isEmpty()) {
            throw new IOException(String.join("; ", forNow));
        }
        withSeverity(problems, Severity.WARNING).forEach(what -> Logger.warn("{}", what));
    }

    private static List<String> withSeverity(List<Problem> problems, Severity weight) {
        return problems.stream()
                .filter(problem -> problem.severity() == weight)
                .map(Problem::message)
                .toList();
    }

    private static <C> void run(
            NodeType<C> nodeType, C settings, NodeSettings common, Hal hal, RealTimers timers, CommandLine line)
            throws IOException, InterruptedException {
        CountDownLatch outputsOff = new CountDownLatch(1);
        exitOnUncaught(Thread.currentThread(), outputsOff);
        Path memory = stateFolder(line, common);
        Optional<FileLock> lock = lock(memory, common.name());
        String status = CommonTopics.STATUS.of(common.prefix(), common.name());
        Bus bus = new HiveMqBus(
                common.brokers(), common.identity(), common.name(), status, timers.clock(), line.timeScale());
        WallClock wallClock =
                line.mock().isPresent() ? WallClock.simulated(timers.clock(), ZoneOffset.UTC) : WallClock.systemClock();
        NodeBus nodeBus = new NodeBus(
                bus,
                common.prefix(),
                common.name(),
                timers.clock(),
                line.timeScale(),
                commandPolicy(common, wallClock, timers));
        StateWriter stateWriter = new StateWriter(new StateFile(memory, common.name()), timers);
        NodeContext context = new NodeContext(
                hal, nodeBus, timers, wallClock, stateWriter, Optional.of(memory), bootId(), new AtomicLong());
        Node<?, ?> node = nodeType.assemble(settings, context);
        DiscoveryPublisher.start(
                common.discovery(),
                new DiscoveryMessages(
                        common.prefix(),
                        common.name(),
                        nodeType.program(),
                        version(),
                        line.timeScale(),
                        common.authorizedKeys().isEmpty()), // Home Assistant signs no commands.
                nodeType.entities(settings),
                context,
                new StateFile(memory, common.name() + ".discovery"));
        Logger.info("{} {} is {}", nodeType.program(), version(), common.name());
        installShutdownHook(Thread.currentThread(), outputsOff, bus);
        timers.every("health", HealthPublisher.CHECK_PERIOD, new HealthPublisher(node, context, version()));
        bus.connect(Duration.ZERO);
        try {
            node.run(line.timeScale(), SystemdNotifier.of(System.getenv(), timers));
        } finally {
            outputsOff.countDown();
            Reference.reachabilityFence(lock); // Collected, it would be given back.
        }
        Thread.currentThread().join(); // Asked to stop: who was asked says goodbye to the broker and ends the process.
    }

    private static CommandPolicy commandPolicy(NodeSettings common, WallClock wallClock, Timers timers) {
        if (common.authorizedKeys().isEmpty()) {
            return CommandPolicy.ALLOW_ALL;
        }
        Logger.info(
                "obeys signed commands only, with {} key(s)",
                common.authorizedKeys().size());
        return new SignedCommandPolicy(
                common.authorizedKeys(),
                CommandLog.MAX_SAVED,
                () -> wallClock.now().map(ZonedDateTime::toInstant),
                timers.clock());
    }

    /** On SIGTERM or Ctrl-C: the loop ends and switches everything off, then the broker is told. */
    private static void installShutdownHook(Thread loop, CountDownLatch outputsOff, Bus bus) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            boolean off = stopLoop(loop, outputsOff);
            bus.disconnect(DISCONNECT_TIMEOUT);
            Logger.info(off ? "stopped, as asked" : "stopped, though the loop did not end: outputs may be on");
            halt(off ? ExitStatus.OK : ExitStatus.FAILED);
        }));
    }

    /** A thread that dies of a bug takes the process with it: half a node is no node. */
    private static void exitOnUncaught(Thread loop, CountDownLatch outputsOff) {
        Thread.setDefaultUncaughtExceptionHandler((thread, bug) -> {
            try {
                Logger.error(bug, "{} died of a bug: ending, to be started afresh", thread.getName());
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
     * Two copies of a node would switch one relay in turns. On a disk that takes no lock it runs without one: a house
     * whose card has worn out must stay warm. The lock is given back with the process.
     */
    private static Optional<FileLock> lock(Path folder, String name) throws IOException {
        Path file = folder.resolve(name + ".lock");
        FileLock lock;
        try {
            Files.createDirectories(folder);
            lock = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)
                    .tryLock();
        } catch (IOException e) {
            Logger.warn("{} cannot be locked, so a second copy would not be noticed: {}", file, e.toString());
            return Optional.empty();
        }
        if (lock == null) {
            throw new IOException("another copy of " + name + " is running with its memory in " + folder
                    + ": stop that one, or give this one another node.name");
        }
        return Optional.of(lock);
    }

    /** What was logged is written first, if anybody reads it. */
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
