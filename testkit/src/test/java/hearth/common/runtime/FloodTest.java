package hearth.common.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import hearth.common.core.Boot;
import hearth.common.core.CommandLog;
import hearth.common.core.Controller;
import hearth.common.core.Decision;
import hearth.common.core.Effect;
import hearth.common.core.EffectReport;
import hearth.common.hal.mock.MockHal;
import hearth.common.message.Command;
import hearth.common.message.PayloadCodec;
import hearth.common.message.Result.Outcome;
import hearth.common.message.Topic;
import hearth.common.mqtt.HiveMqBus;
import hearth.common.mqtt.Identity;
import hearth.common.mqtt.NodeBus;
import hearth.common.value.TimeScale;
import hearth.testkit.TestNodes;
import hearth.testkit.bus.Mosquitto;
import hearth.testkit.fault.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A flood of commands to a real loop through a real broker. */
@Tag("broker")
final class FloodTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int A_SECOND = 10_000;
    private static final int SECONDS = 3;

    /** The period of the sensor; a reading that arrives later is late. */
    private static final Duration POLL = Duration.ofSeconds(2);

    private static final Topic<Double> TARGET = Topic.command("target/set", 1, PayloadCodec.NUMBER, "a test's");

    @TempDir
    private Path folder;

    @Test
    @Fault("E14")
    void tenThousandCommandsPerSecondDelayNoReadingAndTheNewestIsExecuted() throws Exception {
        RealTimers timers = new RealTimers(TimeScale.REAL_TIME);
        try (Mosquitto broker = Mosquitto.in(folder)) {
            HiveMqBus bus = new HiveMqBus(
                    List.of(broker.url()),
                    Identity.NONE,
                    "airco",
                    "home/airco/status",
                    timers.clock(),
                    TimeScale.REAL_TIME);
            NodeContext context = NodeAssembly.context(
                    TestNodes.common("airco"),
                    TestNodes.platform(
                            new MockHal(folder, timers.clock()), bus, timers, NodeStorage.in(folder), "boot1"));
            NodeBus nodeBus = context.bus();
            Node<FloodState, FloodInput> node = node(context);
            AtomicLong arrived = new AtomicLong();
            AtomicReference<String> newest = new AtomicReference<>("");
            nodeBus.onCommand(TARGET, command -> {
                arrived.incrementAndGet();
                newest.set(command.id());
                node.commandReceived(mind -> mind.asked(command, timers.clock().instant()));
            });
            assertThat(bus.connect(LIMIT)).isTrue();
            Thread loop = new Thread(() -> node.run(TimeScale.REAL_TIME, () -> {}), "loop");
            loop.start();
            AtomicBoolean over = new AtomicBoolean();
            Thread sensor = new Thread(() -> {
                while (!over.get()) {
                    node.stateReceived("sensor", mind -> mind.felt(System.nanoTime()));
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
                }
            });
            sensor.start();

            Flood flood = flood(broker, bus);

            await().atMost(LIMIT).untilAsserted(() -> {
                FloodState mind = answered(node);
                assertThat(mind.newest()).isEqualTo(newest.get());
                assertThat(mind.done() + node.droppedCommands()).isEqualTo(arrived.get());
                assertThat(bus.counts().queued()).isZero();
            });
            owner(broker);
            await().atMost(LIMIT).until(() -> answered(node).newest().equals("owner"));
            FloodState mind = answered(node);
            over.set(true);
            sensor.join();
            loop.interrupt();
            loop.join();
            bus.disconnect(LIMIT);
            System.out.printf(
                    "flood: %.0f commands per second, %d arrived, %d executed, %d dropped; longest time between two"
                            + " readings %.0f ms; at most %d messages queued%n",
                    flood.aSecond(),
                    arrived.get(),
                    mind.done(),
                    node.droppedCommands(),
                    mind.longestNanos() / 1e6,
                    flood.mostQueued());
            assertThat(arrived.get()).isGreaterThan(1000);
            assertThat(Duration.ofNanos(mind.longestNanos())).isLessThan(POLL);
            assertThat(mind.felt()).isGreaterThan(10);
            assertThat(flood.mostQueued()).isLessThanOrEqualTo(256 + 16);
        }
    }

    /**
     * Sends all with QoS 0, like a program out of control. The broker and the client drop messages when they cannot
     * keep up; of those that arrive the newest counts.
     */
    private static Flood flood(Mosquitto broker, HiveMqBus bus) throws Exception {
        Mqtt5AsyncClient wild = connected(broker);
        long mostQueued = 0;
        long begin = System.nanoTime();
        for (int i = 0; i < A_SECOND * SECONDS; i++) {
            var unused = wild.publishWith()
                    .topic("home/airco/target/set")
                    .payload(("{\"id\":\"f" + i + "\",\"value\":21}").getBytes(UTF_8))
                    .send();
            if (i % 100 == 0) {
                mostQueued = Math.max(mostQueued, bus.counts().queued());
                long due = begin + TimeUnit.SECONDS.toNanos(1) * i / A_SECOND;
                LockSupport.parkNanos(due - System.nanoTime());
            }
        }
        wild.disconnect().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        double seconds = (System.nanoTime() - begin) / 1e9;
        return new Flood(A_SECOND * SECONDS / seconds, mostQueued);
    }

    /** An intended command, afterwards. */
    private static void owner(Mosquitto broker) throws Exception {
        Mqtt5AsyncClient owner = connected(broker);
        owner.publishWith()
                .topic("home/airco/target/set")
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload("{\"id\":\"owner\",\"value\":20}".getBytes(UTF_8))
                .send()
                .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        owner.disconnect().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    private static Mqtt5AsyncClient connected(Mosquitto broker) throws Exception {
        Mqtt5AsyncClient client = MqttClient.builder()
                .useMqttVersion5()
                .serverHost("127.0.0.1")
                .serverPort(broker.port())
                .buildAsync();
        client.connect().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        return client;
    }

    /** @param aSecond commands per second, until the last was sent */
    private record Flood(double aSecond, long mostQueued) {}

    /** The state of the loop, read in its own pass. */
    private static FloodState answered(Node<FloodState, FloodInput> node) throws Exception {
        var answer = new CompletableFuture<FloodState>();
        node.stateReceived(answer, mind -> {
            answer.complete(mind);
            return mind;
        });
        return answer.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    /** @param longestNanos the longest time between two readings that the loop processed */
    private record FloodState(
            CommandLog docket, String newest, long done, long felt, long feltAtNanos, long longestNanos) {

        FloodState asked(Command<Double> command, Instant now) {
            return new FloodState(
                    docket.withCommand(command).withResult(command, Outcome.DONE, "", now),
                    command.id(),
                    done + 1,
                    felt,
                    feltAtNanos,
                    longestNanos);
        }

        FloodState felt(long atNanos) {
            long gapNanos = felt == 0 ? 0 : atNanos - feltAtNanos;
            return new FloodState(docket, newest, done, felt + 1, atNanos, Math.max(longestNanos, gapNanos));
        }

        FloodState told(EffectReport report) {
            return report instanceof EffectReport.Settled settled
                    ? new FloodState(
                            docket.withoutResult(settled.announcement()), newest, done, felt, feltAtNanos, longestNanos)
                    : this;
        }
    }

    private interface FloodInput {
        FloodState applyTo(FloodState mind);
    }

    private static final class FloodController implements Controller<FloodState, FloodInput> {
        @Override
        public FloodState start(Instant now, Boot boot) {
            return new FloodState(CommandLog.EMPTY, "", 0, 0, 0, 0);
        }

        @Override
        public FloodState absorb(FloodState mind, FloodInput input, Instant now) {
            return input.applyTo(mind);
        }

        @Override
        public Decision<FloodState> decide(FloodState mind, Instant now) {
            List<Effect> effects = new ArrayList<>(mind.docket().pendingResults());
            return new Decision<>(mind, effects, Instant.MAX);
        }
    }

    private static Node<FloodState, FloodInput> node(NodeContext context) {
        return new Node<>(new FloodController(), report -> mind -> mind.told(report), Map.of(), context);
    }
}
