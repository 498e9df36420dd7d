package hearth.common.runtime;

import hearth.common.hal.Hal;
import hearth.common.hal.NoBoard;
import hearth.common.hal.mock.MockHal;
import hearth.common.message.Common;
import hearth.common.message.Result;
import hearth.common.message.Topic;
import hearth.common.mqtt.Bus;
import hearth.common.mqtt.Conversation;
import hearth.common.mqtt.HiveMqBus;
import hearth.common.settings.BadSettings;
import hearth.common.settings.Settings;
import hearth.common.store.StateFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.tinylog.Logger;

/**
 * Starts a device as a process and ends it well.
 *
 * <p>Exit 0: asked to stop. 78: settings, or a machine that is no board; trying again cannot heal those. 1: anything
 * else; the unit starts it again.
 */
public final class Launcher {

    /** What every node says and is told. */
    public static final List<Topic<?>> TOPICS =
            List.of(Common.STATUS, Health.TOPIC, Common.FAULT, Result.TOPIC, Common.RESET);

    static final int OK = 0;
    static final int FAILED = 1;
    static final int BAD_SETTINGS = 78;

    private static final Duration GOODBYE = Duration.ofSeconds(2);
    private static final Duration LOOK_AT_HEALTH = Duration.ofMinutes(1);
    private static final Duration SAY_HEALTH = Duration.ofMinutes(10);

    private Launcher() {}

    /** What {@code main} calls. Does not return. */
    public static void main(Device<?> device, String[] args) {
        int status = run(device, args);
        System.out.flush();
        Runtime.getRuntime().halt(status); // The MQTT client's threads would keep a finished process alive.
    }

    private static <C> int run(Device<C> device, String[] args) {
        try {
            CommandLine line = CommandLine.parse(device.program(), args);
            switch (line.wish()) {
                case HELP -> System.out.print(CommandLine.help(device.program(), device.purpose()));
                case VERSION -> System.out.println(device.program() + " " + version());
                case CHECK, RUN -> start(device, line);
            }
            return OK;
        } catch (BadSettings e) {
            e.problems().forEach(System.err::println);
            return BAD_SETTINGS;
        } catch (IOException e) {
            Logger.error("{}", e.getMessage());
            return FAILED;
        } catch (InterruptedException e) {
            return OK; // Asked to stop before it ran.
        } catch (RuntimeException e) {
            Logger.error(e, "a bug: ending, to be started afresh");
            return FAILED;
        }
    }

    private static <C> void start(Device<C> device, CommandLine line)
            throws BadSettings, IOException, InterruptedException {
        record Both<C>(NodeSettings node, C device) {}
        Both<C> settings =
                Settings.read(line.config()).check(text -> new Both<>(NodeSettings.read(text), device.read(text)));
        RealTimers timers = new RealTimers(line.pace());
        Hal hal = line.mock()
                .<Hal>map(folder -> new MockHal(folder, timers.clock()))
                .orElseGet(NoBoard::new);
        if (!hal.problems().isEmpty()) {
            throw new BadSettings(hal.problems());
        }
        if (line.wish() == CommandLine.Wish.CHECK) {
            System.out.println(line.config() + ": all is well");
            return;
        }
        run(device, settings.device, settings.node, hal, timers, line);
    }

    private static <C> void run(
            Device<C> device, C settings, NodeSettings common, Hal hal, RealTimers timers, CommandLine line)
            throws IOException, InterruptedException {
        Thread.setDefaultUncaughtExceptionHandler(Launcher::die);
        Path memory = stateFolder(line, common);
        FileLock lock = lock(memory, common.name());
        String status = Common.STATUS.of(common.prefix(), common.name());
        Bus bus = new HiveMqBus(common.brokers(), common.name(), status, timers.clock(), line.pace());
        Conversation conversation = new Conversation(bus, common.prefix(), common.name(), timers.clock(), line.pace());
        WallClock wall = line.mock().isPresent()
                ? WallClock.simulated(timers.clock(), ZoneOffset.UTC)
                : WallClock.ofThisMachine();
        Keeper keeper = new Keeper(new StateFile(memory, common.name()), timers);
        Site site = new Site(hal, conversation, timers, wall, keeper, bootId(), new AtomicLong());
        Node<?, ?> node = device.assemble(settings, site);
        Logger.info("{} {} is {}", device.program(), version(), common.name());
        endWell(bus, lock);
        watchHealth(node, site);
        bus.connect(Duration.ZERO);
        node.run(line.pace(), () -> {});
    }

    /** On SIGTERM or Ctrl-C: the loop ends and switches everything off, then the broker is told. */
    private static void endWell(Bus bus, FileLock lock) {
        Thread loop = Thread.currentThread();
        Thread goodbye = new Thread(() -> {
            loop.interrupt();
            try {
                loop.join(GOODBYE.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            bus.disconnect(GOODBYE);
            Logger.info("stopped, as asked");
            Runtime.getRuntime().halt(lock.isValid() ? OK : FAILED);
        });
        Runtime.getRuntime().addShutdownHook(goodbye);
    }

    private static void watchHealth(Node<?, ?> node, Site site) {
        Instant begin = site.timers().clock().instant();
        record Said(Health health, Instant at) {}
        var last = new Object() {
            Said said = new Said(health(node, site, begin), Instant.MIN);
        };
        site.timers().every("health", LOOK_AT_HEALTH, () -> {
            Instant now = site.timers().clock().instant();
            Health health = health(node, site, begin);
            boolean due = last.said.at.equals(Instant.MIN)
                    || !now.isBefore(last.said.at.plus(SAY_HEALTH))
                    || health.isNewsAfter(last.said.health);
            if (due) {
                last.said = new Said(health, now);
                site.conversation().publish(Health.TOPIC, health, Instant.MAX);
            }
        });
    }

    private static Health health(Node<?, ?> node, Site site, Instant begin) {
        Bus.Counts counts = site.conversation().counts();
        return new Health(
                Duration.between(begin, site.timers().clock().instant()),
                version(),
                counts.connections(),
                counts.queued(),
                counts.dropped(),
                site.conversation().rejected() + node.turnedAway(),
                site.sensorErrors().get(),
                node.switchings(),
                Health.processorTemperature());
    }

    private static Path stateFolder(CommandLine line, NodeSettings common) {
        String systemd = System.getenv("STATE_DIRECTORY");
        if (systemd != null && !systemd.isEmpty()) {
            return Path.of(systemd);
        }
        return line.mock().map(folder -> folder.resolve("state")).orElseGet(() -> Path.of(common.stateFolder()));
    }

    /** Two copies of a node would switch one relay in turns. */
    private static FileLock lock(Path folder, String name) throws IOException {
        Files.createDirectories(folder);
        FileChannel channel =
                FileChannel.open(folder.resolve(name + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock();
        if (lock == null) {
            throw new IOException("another copy of " + name + " is running with its memory in " + folder
                    + ": stop that one, or give this one another node.name");
        }
        return lock;
    }

    /** A thread died of a bug. The loop's own outputs go off with the process: by the mock's hook or the unit's. */
    private static void die(Thread thread, Throwable bug) {
        try {
            Logger.error(bug, "{} died of a bug: ending, to be started afresh", thread.getName());
        } finally {
            Runtime.getRuntime().halt(FAILED);
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
