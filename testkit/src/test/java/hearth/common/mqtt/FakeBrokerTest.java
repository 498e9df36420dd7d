package hearth.common.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hearth.common.value.TimeScale;
import hearth.testkit.ManualClock;
import hearth.testkit.bus.FakeBroker;
import hearth.testkit.bus.FakeBroker.FakeBrokerBehaviour;
import hearth.testkit.bus.MessageCollector;
import hearth.testkit.fault.Fault;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Behaviour of brokers that Mosquitto cannot be made to show. */
@Tag("slow")
final class FakeBrokerTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int ATTEMPTS = 13;
    private static final long SEED = 12;

    /** Waits one to two tenths of a second for each step. */
    private static final Timeouts SHORT = new Timeouts(
            10,
            Duration.ofMillis(100),
            Duration.ofMillis(200),
            Duration.ofMillis(100),
            Duration.ofMinutes(1),
            Duration.ofMillis(300));

    private static final Timeouts LONG = Timeouts.STANDARD.afterTakeover(Duration.ofMillis(300));

    /** A message must be acknowledged within a tenth of a second; all other steps may take long. */
    private static final Timeouts FOR_ANSWERS = new Timeouts(
            10, LONG.connect(), LONG.online(), Duration.ofMillis(100), Duration.ofMinutes(1), LONG.afterTakeover());

    private FakeBroker broker;
    private Bus bus;

    @AfterEach
    void end() throws IOException {
        bus.disconnect(Duration.ZERO);
        broker.close();
    }

    @ParameterizedTest(name = "no {0} from number {1} on")
    @CsvSource({"CONNACK, 1, true", "SUBACK, 1, true", "PUBACK, 1, true", "PUBACK, 2, false", "PUBCOMP, 1, false"})
    @Fault("E5")
    void withoutAnAnswerTheNodeRetriesWithGrowingRandomDelays(String answer, int from, boolean beforeOnline)
            throws IOException {
        broker = new FakeBroker(number ->
                number <= ATTEMPTS ? FakeBrokerBehaviour.withholding(answer, from) : FakeBrokerBehaviour.GOOD);
        bus = bus(new Random(SEED)::nextDouble, beforeOnline ? SHORT : FOR_ANSWERS);
        MessageCollector settled = new MessageCollector();
        bus.publish(
                new Outgoing("t/a", "word".getBytes(UTF_8), from == 1 ? 2 : 1, false, Instant.MAX), recordIn(settled));

        bus.connect(Duration.ZERO);

        await().atMost(LIMIT).until(() -> settled.texts().equals(List.of("true")));
        List<Long> dialled = broker.connectedAtNanos();
        assertThat(dialled).hasSizeGreaterThan(ATTEMPTS);
        List<Duration> chosen = chosen();
        for (int i = 0; i < ATTEMPTS; i++) {
            // A busy machine makes it longer, never shorter.
            assertThat(Duration.ofNanos(dialled.get(i + 1) - dialled.get(i)))
                    .as("pause number " + i)
                    .isGreaterThanOrEqualTo(chosen.get(i));
        }
        assertThat(bus.counts().queued()).isZero();
        assertThat(bus.counts().dropped()).isZero();
    }

    @Test
    @Fault("E9")
    void afterATakeoverTheNodeWaitsThirtySecondsBeforeItReconnects() throws IOException {
        AtomicInteger ordinary = new AtomicInteger();
        broker = new FakeBroker(number -> number <= 3 ? FakeBrokerBehaviour.closing(0x8E) : FakeBrokerBehaviour.GOOD);
        bus = bus(
                () -> {
                    ordinary.incrementAndGet();
                    return 0.0;
                },
                LONG);

        bus.connect(Duration.ZERO);

        await().atMost(LIMIT)
                .until(() -> bus.counts().connections() >= 1
                        && broker.connectedAtNanos().size() == 4
                        && online() == 4);
        List<Long> dialled = broker.connectedAtNanos();
        for (int i = 0; i < 3; i++) {
            assertThat(Duration.ofNanos(dialled.get(i + 1) - dialled.get(i)))
                    .isGreaterThanOrEqualTo(LONG.afterTakeover());
        }
        assertThat(ordinary).as("waits as after any other loss").hasValue(0);
        assertThat(Timeouts.STANDARD.afterTakeover()).isEqualTo(Duration.ofSeconds(30));
    }

    /** All reason codes of a server's DISCONNECT in MQTT 5 (3.14.2.1). */
    @ParameterizedTest
    @ValueSource(
            ints = {
                0x80, 0x81, 0x82, 0x83, 0x87, 0x89, 0x8B, 0x8D, 0x8E, 0x8F, 0x90, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98,
                0x99, 0x9A, 0x9B, 0x9C, 0x9D, 0x9E, 0x9F, 0xA0, 0xA1, 0xA2
            })
    @Fault("E5")
    void afterADisconnectWithAnyReasonTheNodeReconnectsAndSendsItsMessages(int reason) throws IOException {
        broker = new FakeBroker(number -> number == 1 ? FakeBrokerBehaviour.closing(reason) : FakeBrokerBehaviour.GOOD);

        comesBackAndSaysItsWord();
    }

    /** All reason codes of a CONNACK in MQTT 5 (3.2.2.2). */
    @ParameterizedTest
    @ValueSource(
            ints = {
                0x80, 0x81, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8A, 0x8C, 0x90, 0x95, 0x97, 0x99, 0x9A,
                0x9B, 0x9C, 0x9D, 0x9F
            })
    @Fault("E5")
    void afterARefusalWithAnyReasonTheNodeRetries(int reason) throws IOException {
        broker =
                new FakeBroker(number -> number == 1 ? FakeBrokerBehaviour.refusing(reason) : FakeBrokerBehaviour.GOOD);

        comesBackAndSaysItsWord();
    }

    /**
     * The client acknowledges messages that it has passed to the bus's thread, and the broker does not deliver them
     * again. While that thread is busy, here with a slow sender, the connection may be abandoned.
     */
    @Test
    @Fault("E5")
    void anAcknowledgedMessageIsDeliveredAlthoughItsConnectionIsAbandoned() throws Exception {
        broker = new FakeBroker(
                number -> number == 1 ? FakeBrokerBehaviour.withholding("SUBACK", 1) : FakeBrokerBehaviour.GOOD);
        Duration toBeOnline = Duration.ofSeconds(3);
        bus = bus(
                Math::random,
                new Timeouts(
                        10, LONG.connect(), toBeOnline, LONG.acknowledgement(), LONG.stable(), LONG.afterTakeover()));
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch free = new CountDownLatch(1);
        MessageCollector collector = new MessageCollector();
        bus.subscribe(new Subscription("t/a", 1, true), collector, Duration.ZERO);
        bus.connect(Duration.ZERO);
        await().atMost(LIMIT).until(() -> broker.subscribed() == 1);
        bus.publish(new Outgoing("t/late", new byte[0], 1, false, Instant.MIN), delivered -> {
            busy.countDown();
            await().atMost(LIMIT).until(() -> free.getCount() == 0);
        });
        assertThat(busy.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        long due = broker.connectedAtNanos().get(0) + toBeOnline.toNanos();
        await().atMost(LIMIT).until(() -> System.nanoTime() > due);

        broker.deliver("t/a", "word");
        await().atMost(LIMIT).until(() -> broker.acknowledged() == 1);
        free.countDown();

        await().atMost(LIMIT).until(() -> bus.counts().connections() == 1);
        assertThat(broker.connectedAtNanos()).hasSize(2);
        assertThat(collector.texts()).containsExactly("word");
    }

    private void comesBackAndSaysItsWord() {
        bus = bus(Math::random, LONG);
        MessageCollector settled = new MessageCollector();
        bus.publish(new Outgoing("t/a", "word".getBytes(UTF_8), 1, false, Instant.MAX), recordIn(settled));

        bus.connect(Duration.ZERO);

        await().atMost(LIMIT).until(() -> settled.texts().equals(List.of("true")));
        assertThat(broker.connectedAtNanos()).hasSize(2);
        assertThat(broker.received()).contains("t/a word");
    }

    private long online() {
        return broker.received().stream().filter("t/n/status online"::equals).count();
    }

    private Bus bus(DoubleSupplier random, Timeouts timeouts) {
        return new HiveMqBus(
                List.of(broker.url()),
                Identity.NONE,
                "n",
                "t/n/status",
                new ManualClock(),
                TimeScale.REAL_TIME,
                backoff(random),
                timeouts);
    }

    private static List<Duration> chosen() {
        Backoff twin = backoff(new Random(SEED)::nextDouble);
        return Stream.generate(twin::next).limit(ATTEMPTS).toList();
    }

    /** A hundredth of a node's timeouts. */
    private static Backoff backoff(DoubleSupplier random) {
        return new Backoff(Duration.ofMillis(10), Duration.ofMillis(80), random);
    }

    private static Consumer<Boolean> recordIn(MessageCollector collector) {
        return BusContract.recordIn(collector);
    }
}
