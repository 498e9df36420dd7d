package hearth.common.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hearth.common.value.TimeScale;
import hearth.testkit.ManualClock;
import hearth.testkit.bus.MessageCollector;
import hearth.testkit.bus.Mosquitto;
import hearth.testkit.bus.TcpProxy;
import hearth.testkit.fault.Fault;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults of a real Mosquitto, and their effect on messages. */
@Tag("broker")
final class BrokerFaultsTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(10);
    private static final List<String> ALL =
            IntStream.range(0, 50).mapToObj(i -> "m" + i).toList();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Mosquitto broker;

    private final List<AutoCloseable> toClose = new ArrayList<>();

    @BeforeEach
    void start() throws IOException {
        broker = broker("broker", "autosave_on_changes true", "autosave_interval 1");
    }

    @AfterEach
    void end() throws Exception {
        for (AutoCloseable each : toClose) {
            each.close();
        }
    }

    /**
     * Some messages are delivered, some are in flight when the broker freezes and is killed, some follow while it is
     * stopped.
     */
    @Test
    @Fault("E2")
    void fiftyOfFiftyMessagesArriveAlthoughTheBrokerIsKilledAndRestarted() throws Exception {
        MessageCollector collector = new MessageCollector();
        MessageCollector settled = new MessageCollector();
        Bus receiver = listening(collector);
        Bus sender = connected("sender", broker.url());
        thirtyAndAKill(sender, collector, settled);
        say(sender, ALL.subList(30, 50), settled);

        broker.start();

        allOnceAndInOrder(collector, settled);
        assertThat(receiver.counts().connections()).isEqualTo(2);
    }

    /**
     * The subscriber must be back before the publisher: a broker without its data has no session to queue messages for.
     * Nodes do not depend on that order: states are published again, and commands have results.
     */
    @Test
    @Fault("E3")
    void fiftyOfFiftyMessagesArriveAlthoughTheBrokerIsKilledAndRestartedWithoutItsData() throws Exception {
        MessageCollector collector = new MessageCollector();
        MessageCollector settled = new MessageCollector();
        Bus receiver = listening(collector);
        TcpProxy cable = new TcpProxy(broker.port());
        toClose.add(cable);
        Bus sender = connected("sender", cable.url());
        thirtyAndAKill(sender, collector, settled);
        say(sender, ALL.subList(30, 50), settled);

        cable.unplug();
        broker.forget();
        broker.start();
        await().atMost(LIMIT).until(() -> receiver.counts().connections() == 2);
        cable.plugIn();

        allOnceAndInOrder(collector, settled);
    }

    @Test
    @Fault("E4")
    void aBrokerThatStopsAnsweringIsDetectedWithinTwiceTheKeepAlive() throws Exception {
        TcpProxy cable = new TcpProxy(broker.port());
        toClose.add(cable);
        Bus bus = connected("node", cable.url());
        assertThat(cable.connectionCount()).isEqualTo(1);

        broker.freeze();
        long frozen = System.nanoTime();
        await().atMost(LIMIT).until(() -> cable.connectionCount() == 2);

        Duration took = Duration.ofNanos(System.nanoTime() - frozen);
        System.out.printf("a half-open connection was given up after %.1f s%n", took.toMillis() / 1000.0);
        assertThat(took).isLessThan(KEEP_ALIVE.multipliedBy(2).plusSeconds(1)); // It waits a moment before it connects.
        broker.thaw();
        await().atMost(LIMIT).until(() -> bus.counts().connections() == 2);
    }

    @Test
    @Fault("E11")
    void aLateLastWillOfAnOldConnectionIsOverwritten() throws Exception {
        List<String> settled = new CopyOnWriteArrayList<>();
        connected("watcher", broker.url())
                .subscribe(
                        new Subscription(status("node"), 1, false),
                        status -> settled.add(new String(status.payload(), UTF_8)),
                        LIMIT);
        TcpProxy cable = new TcpProxy(broker.port());
        toClose.add(cable);
        connected("node-of-before", status("node"), cable.url());
        connected("node", broker.url());
        await().atMost(LIMIT).until(() -> settled.size() >= 2);
        assertThat(settled).containsOnly("online");

        cable.unplug();

        await().atMost(LIMIT).until(() -> settled.contains("offline"));
        await().atMost(Duration.ofSeconds(5))
                .until(() -> settled.get(settled.size() - 1).equals("online"));
        MessageCollector late = new MessageCollector();
        connected("late", broker.url()).subscribe(new Subscription(status("node"), 1, false), late, LIMIT);
        await().atMost(LIMIT).untilAsserted(() -> assertThat(late.texts()).containsExactly("online"));
    }

    /** Twenty messages are delivered, ten go into the buffers of a frozen broker, and then it is killed. */
    private void thirtyAndAKill(Bus sender, MessageCollector collector, MessageCollector settled) throws Exception {
        say(sender, ALL.subList(0, 20), settled);
        await().atMost(LIMIT)
                .until(() -> collector.texts().size() == 20 && settled.texts().size() == 20);
        await().atMost(LIMIT).until(this::theSessionIsOnDisk);
        broker.freeze();
        say(sender, ALL.subList(20, 30), settled);
        await().atMost(LIMIT).until(() -> sender.counts().queued() == 10);
        broker.kill();
    }

    private void allOnceAndInOrder(MessageCollector collector, MessageCollector settled) {
        await().atMost(LIMIT).untilAsserted(() -> assertThat(collector.texts()).containsExactlyElementsOf(ALL));
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(settled.texts()).hasSize(50).containsOnly("true"));
    }

    /** Whether its database contains the subscriber and the topic. */
    private boolean theSessionIsOnDisk() throws IOException {
        Path database = folder.resolve("broker/mosquitto.db");
        String content = Files.exists(database) ? Files.readString(database, StandardCharsets.ISO_8859_1) : "";
        return content.contains("receiver") && content.contains("test/a");
    }

    private static void say(Bus sender, List<String> texts, MessageCollector settled) {
        for (String text : texts) {
            sender.publish(
                    new Outgoing("test/a", text.getBytes(UTF_8), 1, false, Instant.MAX), BusContract.recordIn(settled));
        }
    }

    private Bus listening(MessageCollector collector) {
        Bus receiver = connected("receiver", broker.url());
        assertThat(receiver.subscribe(new Subscription("test/a", 1, false), collector, LIMIT))
                .isTrue();
        return receiver;
    }

    private Bus connected(String name, URI... brokers) {
        return connected(name, status(name), brokers);
    }

    private Bus connected(String name, String status, URI... brokers) {
        Backoff quick = new Backoff(Duration.ofMillis(50), Duration.ofMillis(200), Math::random);
        Bus bus = new HiveMqBus(
                List.of(brokers),
                Identity.NONE,
                name,
                status,
                new ManualClock(),
                TimeScale.REAL_TIME,
                quick,
                Timeouts.STANDARD.afterTakeover(Duration.ofSeconds(1)));
        toClose.add(() -> bus.disconnect(Duration.ZERO));
        assertThat(bus.connect(LIMIT)).isTrue();
        return bus;
    }

    private Mosquitto broker(String name, String... more) throws IOException {
        Mosquitto fresh = Mosquitto.in(Files.createDirectory(folder.resolve(name)), more);
        toClose.add(fresh);
        return fresh;
    }

    private static String status(String name) {
        return "test/" + name + "/status";
    }
}
