package hearth.common.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.message.Command;
import hearth.common.message.PayloadCodec;
import hearth.common.message.Result;
import hearth.common.message.Topic;
import hearth.common.value.Celsius;
import hearth.common.value.TimeScale;
import hearth.testkit.ManualClock;
import hearth.testkit.bus.MessageCollector;
import hearth.testkit.fault.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class NodeBusTest {

    private static final Topic<Celsius> TARGET = Topic.command("target/set", 1, PayloadCodec.celsius(1), "a test's");
    private static final Topic<Celsius> TEMPERATURE =
            Topic.state("temperature", 0, PayloadCodec.celsius(2), "a test's");

    private final ManualClock clock = new ManualClock();
    private final Queue<Runnable> work = new ArrayDeque<>();
    private final MemoryBroker broker = new MemoryBroker(clock, TimeScale.REAL_TIME, work::add);
    private final Bus bus = broker.bus("airco", "home/airco/status");
    private final NodeBus nodeBus = new NodeBus(bus, "home", "airco", clock, TimeScale.REAL_TIME);
    private final List<Command<Celsius>> commands = new ArrayList<>();
    private final List<Received<Celsius>> readings = new ArrayList<>();
    private final MessageCollector results = new MessageCollector();

    @BeforeEach
    void connect() {
        nodeBus.onCommand(TARGET, commands::add);
        nodeBus.onState("sensor", TEMPERATURE, readings::add);
        bus.connect(Duration.ZERO);
        Bus watcher = broker.bus("watcher", "home/watcher/status");
        watcher.connect(Duration.ZERO);
        watcher.subscribe(new Subscription("home/airco/result", 1, false), results, Duration.ZERO);
        settle();
    }

    @Test
    void aCommandIsReceivedWithItsIdAndExpiry() {
        send("{\"id\":\"a1\",\"value\":21.5}", false, 60, 20);
        send("21", false, Incoming.ABSENT, Incoming.ABSENT);

        assertThat(commands)
                .containsExactly(
                        new Command<>("target/set", "a1", Celsius.of(21.5), clock.in(Duration.ofSeconds(20))),
                        new Command<>("target/set", "", Celsius.of(21), clock.in(Command.LIFETIME)));
        assertThat(results.texts()).isEmpty();
    }

    @Test
    void theExpiryOfACommandIsLimited() {
        send("21", false, 9999, 9999);

        assertThat(commands).extracting(Command::expiresAt).containsExactly(clock.in(Command.LIFETIME));
    }

    @Test
    @Fault("F8")
    void aRetainedCommandIsRejectedWithTheReason() {
        send("{\"id\":\"a1\",\"value\":21.5}", true, Incoming.ABSENT, Incoming.ABSENT);

        assertThat(commands).isEmpty();
        assertThat(results.texts())
                .containsExactly("{\"command\":\"target/set\",\"id\":\"a1\",\"outcome\":\"rejected\",\"because\":"
                        + "\"commands must not be retained: send it without the retain flag\"}");
        assertThat(nodeBus.rejected()).isEqualTo(1);
    }

    @Test
    void theResultHasTheIdEvenIfTheValueIsMalformed() {
        send("{\"id\":\"a1\",\"value\":\"warm\"}", false, Incoming.ABSENT, Incoming.ABSENT);
        send("warm", false, Incoming.ABSENT, Incoming.ABSENT);

        assertThat(commands).isEmpty();
        assertThat(results.texts().get(0)).contains("\"id\":\"a1\"").contains("rejected");
        assertThat(results.texts().get(1)).contains("\"id\":null").contains("'warm'");
    }

    @Test
    @Fault("F5")
    void anEmptyPayloadIsNeitherACommandNorAState() {
        send("", true, Incoming.ABSENT, Incoming.ABSENT);
        send("", false, Incoming.ABSENT, Incoming.ABSENT);
        broker.publish(incoming("home/sensor/temperature", "", false, 30, 30), 0);
        settle();

        assertThat(commands).isEmpty();
        assertThat(readings).isEmpty();
        assertThat(results.texts()).isEmpty();
    }

    @Test
    @Fault("F1")
    void inAFloodTenResultsArePublishedAtOnceAndTheRestIsCounted() {
        for (int i = 0; i < 100; i++) {
            send("nonsense", false, Incoming.ABSENT, Incoming.ABSENT);
        }
        assertThat(results.texts()).hasSize(10);
        assertThat(nodeBus.rejected()).isEqualTo(100);

        clock.pass(Duration.ofSeconds(6));
        send("nonsense", false, Incoming.ABSENT, Incoming.ABSENT);
        send("nonsense", false, Incoming.ABSENT, Incoming.ABSENT);
        assertThat(results.texts()).hasSize(11);

        clock.pass(Duration.ofHours(1));
        for (int i = 0; i < 100; i++) {
            send("nonsense", false, Incoming.ABSENT, Incoming.ABSENT);
        }
        assertThat(results.texts()).hasSize(21);
    }

    @Test
    void theAgeOfARetainedStateIsKnown() {
        broker.publish(incoming("home/sensor/temperature", "19.44", true, 30, 25), 0);
        settle();
        clock.pass(Duration.ofSeconds(10));

        reconnect();

        assertThat(readings)
                .containsExactly(
                        new Received<>(Celsius.of(19.44), Duration.ofSeconds(5)),
                        new Received<>(Celsius.of(19.44), Duration.ofSeconds(15)));
    }

    @Test
    void aRetainedStateWithoutAnAgeIsIgnored() {
        broker.stop();
        broker.start(true);
        settle();
        for (Incoming stored : List.of(
                incoming("home/sensor/temperature", "18.0", true, Incoming.ABSENT, Incoming.ABSENT),
                incoming("home/sensor/temperature", "18.0", true, Incoming.ABSENT, 25),
                incoming("home/sensor/temperature", "18.0", true, 30, Incoming.ABSENT),
                incoming("home/sensor/temperature", "18.0", true, 30, 31))) {
            broker.publish(stored, 0);
            settle();
            readings.clear();

            reconnect();

            assertThat(readings).as("%s", stored).isEmpty();
        }
    }

    @Test
    void aLiveStateOfAForeignSensorIsFreshWithAnyExpiry() {
        broker.publish(incoming("home/sensor/temperature", "18.0", true, Incoming.ABSENT, Incoming.ABSENT), 0);
        settle();

        assertThat(readings).containsExactly(new Received<>(Celsius.of(18), Duration.ZERO));
    }

    @Test
    void aMalformedStateIsIgnored() {
        broker.publish(incoming("home/sensor/temperature", "NaN", false, 30, 30), 0);
        settle();

        assertThat(readings).isEmpty();
    }

    @Test
    void inAFastSimulationAgesAreInSimulatedTime() {
        NodeBus fast = new NodeBus(bus, "home", "airco", clock, new TimeScale(10));
        List<Received<Celsius>> received = new ArrayList<>();
        fast.onState("probe", TEMPERATURE, received::add);

        broker.publish(incoming("home/probe/temperature", "19.44", false, 30, 28), 0);
        settle();

        assertThat(received).containsExactly(new Received<>(Celsius.of(19.44), Duration.ofSeconds(20)));
    }

    @Test
    void statesAreRetainedAndAnnouncementsAreNot() {
        nodeBus.publishRetained(TEMPERATURE, Celsius.of(19.44), clock.in(Duration.ofSeconds(30)));
        nodeBus.publishOnce(
                Result.TOPIC, new Result("target/set", "a1", Result.Outcome.DONE, ""), Instant.MAX, delivered -> {});
        settle();

        Incoming stored = broker.stored("home/airco/temperature").orElseThrow();
        assertThat(new String(stored.payload(), UTF_8)).isEqualTo("19.44");
        assertThat(stored.remainingS()).isEqualTo(30);
        assertThat(broker.stored("home/airco/result")).isEmpty();
        assertThat(results.texts()).hasSize(1);
    }

    private void reconnect() {
        broker.cut("airco");
        settle();
    }

    private void send(String text, boolean retained, long lifetimeS, long leftS) {
        broker.publish(incoming("home/airco/target/set", text, retained, lifetimeS, leftS), 1);
        settle();
    }

    private void settle() {
        for (Runnable task = work.poll(); task != null; task = work.poll()) {
            task.run();
        }
    }

    private static Incoming incoming(String topic, String text, boolean retained, long lifetimeS, long leftS) {
        return new Incoming(topic, text.getBytes(UTF_8), retained, lifetimeS, leftS);
    }
}
