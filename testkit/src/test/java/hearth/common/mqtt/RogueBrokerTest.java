package hearth.common.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hearth.common.core.Boot;
import hearth.common.core.CommandLog;
import hearth.common.core.Controller;
import hearth.common.core.Decision;
import hearth.common.core.Effect;
import hearth.common.core.EffectReport;
import hearth.common.message.PayloadCodec;
import hearth.common.message.Result.Outcome;
import hearth.common.message.Topic;
import hearth.common.mqtt.RogueBroker.AfterAttack;
import hearth.common.mqtt.RogueBroker.BrokerAttack;
import hearth.common.runtime.Node;
import hearth.common.runtime.NodeAssembly;
import hearth.common.runtime.NodeContext;
import hearth.common.runtime.NodeStorage;
import hearth.common.runtime.RealTimers;
import hearth.common.value.TimeScale;
import hearth.testkit.MemoryHal;
import hearth.testkit.TestNodes;
import hearth.testkit.fault.DocumentedFigures;
import hearth.testkit.fault.Fault;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A node whose broker sends malformed packets at every point of the connection. Its table is in {@code
 * docs/evidence/captured-broker.md}; update it with {@code mvn -Pwhole -Pwhole -pl testkit -am test
 * -Dtest=RogueBrokerTest -Dhearth.docs=write}.
 */
@Tag("slow")
@Timeout(120)
final class RogueBrokerTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int POINTS = 4;
    private static final int DICE = 60;
    private static final int FLOOD = 30_000;

    /** The period of the sensor; a loop pass that waits so long would delay a reading. */
    private static final Duration POLL = Duration.ofSeconds(2);

    private static final long MAX_HEAP_GROWTH = 32L << 20;
    private static final int THREADS_MAY_GROW = 12;
    private static final String PASSWORD = "sesame-of-n";
    private static final Topic<Double> TARGET = Topic.command("target/set", 1, PayloadCodec.NUMBER, "a test's");

    private static final Timeouts SHORT = new Timeouts(
            1,
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            Duration.ofMillis(500),
            Duration.ofMinutes(1),
            Duration.ofMillis(20));

    @TempDir
    private Path folder;

    private final ConcurrentLinkedQueue<Throwable> deaths = new ConcurrentLinkedQueue<>();

    @Test
    @Fault("Gc")
    void theLoopRunsWithAnyBrokerInputAndTheNodeReconnectsWhenTheBrokerBehaves() throws Exception {
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, bug) -> deaths.add(bug));
        try (ServerSocket elsewhere = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            List<BrokerAttack> attacks = tricks("127.0.0.1:" + elsewhere.getLocalPort());
            long threads = threads();
            long heap = heap();
            try (RogueBroker broker = new RogueBroker(attacks)) {
                AttackedNode subject = new AttackedNode(broker);

                await().atMost(LIMIT).until(() -> broker.connections() > attacks.size());
                await().atMost(LIMIT).until(() -> subject.bus.counts().online());
                broker.deliver("home/n/target/set", "{\"id\":\"honest\",\"value\":21}");
                await().atMost(LIMIT)
                        .until(() -> said(broker, "home/n/result {\"command\":\"target/set\",\"id\":\"honest\""));
                subject.end();

                assertThat(broker.attacksSent())
                        .as("attacks that were sent")
                        .hasSizeGreaterThan(attacks.size() * 9 / 10);
                assertThat(broker.received()).contains("home/n/state as it was before all this");
                assertThat(deaths).as("threads that died").isEmpty();
                assertThat(subject.longestTurn()).isLessThan(POLL);
                assertThat(subject.mostQueued).isLessThanOrEqualTo(Outbox.MAX_ANNOUNCEMENTS + Outbox.MAX_IN_FLIGHT);
                assertThat(heap() - heap).as("heap").isLessThan(MAX_HEAP_GROWTH);
                assertThat(count(broker.receivedBytes(), PASSWORD))
                        .as("its password is in each CONNECT and nowhere else")
                        .isLessThanOrEqualTo(broker.connections())
                        .isEqualTo(count(broker.receivedBytes(), "MQTT\5"));
                assertThat(told(broker)).isSubsetOf("home/n/status", "home/n/state", "home/n/result");
                assertThat(wentTo(elsewhere))
                        .as("a connection to the address in the Server Reference")
                        .isFalse();
            }
            await().atMost(LIMIT).until(() -> threads() <= threads + THREADS_MAY_GROW);
            hold(attacks.size());
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
    }

    private static List<BrokerAttack> tricks(String elsewhere) {
        List<BrokerAttack> attacks = new ArrayList<>();
        Map<String, byte[]> bottles = MalformedPackets.all(elsewhere);
        for (int point = 0; point < POINTS; point++) {
            int after = point;
            bottles.forEach((name, bytes) -> attacks.add(new BrokerAttack(name, after, bytes, AfterAttack.DISCONNECT)));
            byte[] begun = MalformedPackets.bytes(0x30, 0xFF, 0xFF, 0xFF, 0x7F, 0, 1, 't');
            attacks.add(new BrokerAttack("256 MiB, begun, and silence", after, begun, AfterAttack.STAY_SILENT));
        }
        Random random = new Random(12);
        for (int i = 0; i < DICE; i++) {
            attacks.add(new BrokerAttack("dice", i % POINTS, MalformedPackets.random(random), AfterAttack.DISCONNECT));
        }
        attacks.add(new BrokerAttack(
                "a flood", 3, MalformedPackets.flood(0x30, "home/n/target/set", FLOOD), AfterAttack.DISCONNECT));
        attacks.add(new BrokerAttack(
                "a flood beyond what we take",
                3,
                MalformedPackets.flood(0x32, "home/n/target/set", FLOOD),
                AfterAttack.DISCONNECT));
        return attacks;
    }

    private static void hold(int attacks) throws IOException {
        int bottles = MalformedPackets.all("").size();
        DocumentedFigures.compare("evidence/captured-broker.md", "captured-client", """
                | threat | attempt | result |
                |---|---|---|
                | 5 | send the MQTT client %d packets that no broker may send (truncated, endless, 256 MiB, topic \
                aliases, duplicate properties, responses without a request), each at %d points of a connection; stop in \
                the middle of a packet; send random bytes %d times; send one byte at a time | no thread dies, no \
                loop pass takes 2 s, heap and thread count stay stable; after %d such connections the node \
                reconnects by itself, publishes its states and executes a command |
                | 6 | send %d commands as fast as TCP allows, and the same number again although the client permits \
                only 64 unacknowledged messages | at most %d messages are queued, no loop pass takes 2 s, and the \
                node executes a later command |
                | 7 | read everything that a node sends to this broker | its own password, only in CONNECT; messages \
                only on its own topics |
                | 8 | redirect the node to another broker (CONNACK 0x9D, DISCONNECT 0x9C) | the node does not \
                connect there |
                """.formatted(
                        bottles, POINTS, DICE, attacks, FLOOD, Outbox.MAX_ANNOUNCEMENTS + Outbox.MAX_IN_FLIGHT));
    }

    private static boolean said(RogueBroker broker, String begin) {
        return broker.received().stream().anyMatch(each -> each.startsWith(begin));
    }

    private static List<String> told(RogueBroker broker) {
        return broker.received().stream()
                .map(each -> each.substring(0, each.indexOf(' ')))
                .distinct()
                .toList();
    }

    private static boolean wentTo(ServerSocket elsewhere) throws IOException {
        elsewhere.setSoTimeout(1);
        try {
            elsewhere.accept().close();
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    private static int count(String all, String text) {
        return all.split(Pattern.quote(text), -1).length - 1;
    }

    private static long threads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }

    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** A minimal node with its loop and a sensor that is read every 20 ms. */
    private final class AttackedNode {

        private final RealTimers timers = new RealTimers(TimeScale.REAL_TIME);
        private final HiveMqBus bus;
        private final Thread loop;
        private final Thread sensor;
        private final AtomicBoolean over = new AtomicBoolean();
        private final AtomicLong longestNanos = new AtomicLong();
        private volatile long mostQueued;
        private long turnedAtNanos = System.nanoTime();

        AttackedNode(RogueBroker broker) {
            bus = new HiveMqBus(
                    List.of(broker.url()),
                    Identity.NONE.withPassword("n", PASSWORD.getBytes(UTF_8)),
                    "n",
                    "home/n/status",
                    timers.clock(),
                    TimeScale.REAL_TIME,
                    new Backoff(Duration.ofMillis(1), Duration.ofMillis(4), Math::random),
                    SHORT);
            NodeContext context = NodeAssembly.context(
                    TestNodes.common("n"),
                    TestNodes.platform(new MemoryHal(), bus, timers, NodeStorage.in(folder), "boot"));
            NodeBus nodeBus = context.bus();
            Node<CommandLog, UnaryOperator<CommandLog>> node = new Node<>(
                    new SampledController(), report -> commandLog -> told(commandLog, report), Map.of(), context);
            nodeBus.onCommand(
                    TARGET,
                    command -> node.commandReceived(commandLog -> commandLog
                            .withCommand(command)
                            .withResult(
                                    command, Outcome.DONE, "", timers.clock().instant())));
            bus.publish(
                    new Outgoing("home/n/state", "as it was before all this".getBytes(UTF_8), 1, true, Instant.MAX));
            loop = new Thread(() -> node.run(TimeScale.REAL_TIME, this::turned), "loop");
            sensor = new Thread(() -> {
                while (!over.get()) {
                    node.stateReceived("sensor", commandLog -> commandLog);
                    mostQueued = Math.max(mostQueued, bus.counts().queued());
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
                }
            });
            loop.start();
            sensor.start();
            bus.connect(Duration.ZERO);
        }

        private void turned() {
            long now = System.nanoTime();
            longestNanos.accumulateAndGet(now - turnedAtNanos, Math::max);
            turnedAtNanos = now;
        }

        Duration longestTurn() {
            return Duration.ofNanos(longestNanos.get());
        }

        void end() throws InterruptedException {
            over.set(true);
            sensor.join();
            loop.interrupt();
            loop.join();
            bus.disconnect(Duration.ofSeconds(1));
        }
    }

    private static CommandLog told(CommandLog commandLog, EffectReport report) {
        return report instanceof EffectReport.Settled settled
                ? commandLog.withoutResult(settled.announcement())
                : commandLog;
    }

    private static final class SampledController implements Controller<CommandLog, UnaryOperator<CommandLog>> {
        @Override
        public CommandLog start(Instant now, Boot boot) {
            return CommandLog.EMPTY;
        }

        @Override
        public CommandLog absorb(CommandLog commandLog, UnaryOperator<CommandLog> input, Instant now) {
            return input.apply(commandLog);
        }

        @Override
        public Decision<CommandLog> decide(CommandLog commandLog, Instant now) {
            List<Effect> effects = new ArrayList<>(commandLog.pendingResults());
            return new Decision<>(commandLog, effects, Instant.MAX);
        }
    }
}
