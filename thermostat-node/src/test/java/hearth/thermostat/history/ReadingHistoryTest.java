package hearth.thermostat.history;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.message.HistoryReading;
import hearth.common.message.Malformed;
import hearth.common.mqtt.Bus;
import hearth.common.mqtt.Decoder;
import hearth.common.mqtt.Incoming;
import hearth.common.mqtt.MemoryBroker;
import hearth.common.mqtt.Outgoing;
import hearth.common.mqtt.Subscription;
import hearth.common.runtime.NodeAssembly;
import hearth.common.runtime.NodeContext;
import hearth.common.runtime.NodePlatform;
import hearth.common.runtime.NodeStorage;
import hearth.common.runtime.WallClock;
import hearth.common.value.Celsius;
import hearth.common.value.TimeScale;
import hearth.testkit.MemoryHal;
import hearth.testkit.TestNodes;
import hearth.testkit.VirtualTimers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readings during outages of the broker. One is taken every ten seconds; its temperature in °C is its number. */
final class ReadingHistoryTest {

    private static final Instant BEGIN = Instant.parse("2030-01-01T08:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final String HISTORY = "home/sensor/history";
    private static final String ACK = "home/sensor/history/ack";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final VirtualTimers timers = new VirtualTimers(BEGIN);
    private final MemoryBroker broker = new MemoryBroker(timers.clock(), TimeScale.REAL_TIME, timers.worker("broker"));
    private final List<HistoryReading> received = new ArrayList<>();
    private final List<Long> wrongByS = new ArrayList<>();
    private VirtualTimers.Machine machine = timers.machine(Duration.ZERO);
    private HistorySettings settings = new HistorySettings(MINUTE, Duration.ofDays(7));
    private Optional<Duration> wallAhead = Optional.of(Duration.ofDays(300)); // Differs from the monotonic clock.
    private int measured;
    private int boots;
    private int syncs;
    private int storeReads;
    private boolean acknowledges;

    @SuppressWarnings("NullAway.Init")
    private Bus consumer;

    @BeforeEach
    void aConsumerListens() {
        timers.every("broker", Duration.ofSeconds(1), broker::expireMessages);
        consumer = broker.bus("consumer", "home/consumer/status");
        consumer.connect(Duration.ZERO);
        consumer.subscribe(new Subscription(HISTORY, 1, false), this::receive, Duration.ZERO);
    }

    @Test
    void whileTheBrokerIsReachableNothingIsStored() {
        boot();

        timers.advance(Duration.ofHours(3));

        assertThat(received).isEmpty();
        assertThat(folder.resolve("boot1.history")).doesNotExist();
    }

    @Test
    void readingsTakenDuringAnOutageArePublishedWithTheirAgeAfterIt() {
        boot();
        timers.advance(Duration.ofMinutes(10));
        broker.stop();
        timers.advance(Duration.ofMinutes(5));
        broker.start(false);
        timers.advance(Duration.ofMinutes(2));

        assertThat(received).hasSize(6); // One per minute, and the unconfirmed one before.
        assertThat(ids()).hasSize(6);
        assertThat(wrongByS).hasSize(6).containsOnly(0L);
    }

    @Test
    void eachReadingIsPublishedOnceAlthoughTheBrokerFailsRepeatedly() {
        boot();
        for (int i = 0; i < 20; i++) {
            timers.advance(Duration.ofMinutes(3));
            broker.stop();
            timers.advance(Duration.ofMinutes(7));
            broker.start(i % 2 == 0);
        }
        timers.advance(Duration.ofMinutes(5));

        assertThat(received).hasSameSizeAs(ids()).hasSizeBetween(20 * 7, 20 * 8);
    }

    @Test
    void theBrokersAcknowledgementIsEnoughWithoutAnAcknowledgingConsumer() throws IOException {
        outage(Duration.ofMinutes(30));

        assertThat(received).hasSize(31);
        restart();
        timers.advance(Duration.ofMinutes(30));
        assertThat(received).hasSize(31);
    }

    @Test
    void withAnAcknowledgingConsumerEachReadingIsKeptUntilItsAcknowledgement() throws IOException {
        boot();
        acknowledge(HistoryReading.NOTHING_RECEIVED);
        timers.advance(Duration.ofMinutes(1));
        broker.stop();
        timers.advance(Duration.ofMinutes(40));
        broker.start(true);
        timers.advance(Duration.ofMinutes(2));
        assertThat(ids()).hasSize(16); // No more are in flight at once.
        restart();
        timers.advance(Duration.ofMinutes(2));
        assertThat(ids()).hasSize(16);

        acknowledges = true;
        acknowledge(HistoryReading.NOTHING_RECEIVED);
        timers.advance(Duration.ofMinutes(2));

        assertThat(ids()).hasSize(41);
        int before = received.size();
        restart();
        timers.advance(Duration.ofMinutes(30));
        assertThat(received).hasSize(before);
    }

    @Test
    void unacknowledgedReadingsArePublishedAgainEveryFiveMinutes() {
        boot();
        threeMinutesWithoutTheBroker();
        int once = received.size();

        timers.advance(Duration.ofMinutes(10));

        assertThat(received).hasSize(3 * once);
        assertThat(ids()).hasSize(once);
    }

    @Test
    void aPowerCutLosesOnlyTheLastMinute() throws IOException {
        settings = new HistorySettings(Duration.ofSeconds(10), Duration.ofHours(1));
        boot();
        timers.advance(MINUTE);
        broker.stop();
        timers.advance(Duration.ofMinutes(10));

        restart();
        broker.start(false);
        timers.advance(Duration.ofMinutes(2));

        assertThat(received).hasSameSizeAs(ids()).hasSizeBetween(60 - 6, 61);
        assertThat(wrongByS).hasSameSizeAs(received).containsOnly(0L);
    }

    @Test
    void withoutChangesNothingIsWritten() throws IOException {
        settings = new HistorySettings(Duration.ofSeconds(10), Duration.ofHours(1));
        boot();
        acknowledge(HistoryReading.NOTHING_RECEIVED);
        broker.stop();
        timers.advance(Duration.ofMinutes(10));
        assertThat(syncs).isBetween(9, 11);
        broker.start(true);
        acknowledges = true;
        acknowledge(HistoryReading.NOTHING_RECEIVED);
        timers.advance(Duration.ofMinutes(20));
        int before = syncs;

        for (int i = 0; i < 10; i++) {
            acknowledge(HistoryReading.NOTHING_RECEIVED);
            acknowledge("of-another-house-1");
            timers.advance(Duration.ofMinutes(2));
        }

        assertThat(ids()).hasSizeBetween(60, 61);
        assertThat(syncs).isEqualTo(before);
    }

    @Test
    void aReadingTakenDuringAnOutageIsOnDiskAtTheNextCheck() throws IOException {
        settings = new HistorySettings(Duration.ofMinutes(10), Duration.ofDays(7));
        boot();
        broker.stop();
        timers.advance(Duration.ofMinutes(10).plusSeconds(1));

        restart();
        broker.start(false);
        timers.advance(Duration.ofMinutes(10));

        assertThat(received.stream().filter(reading -> reading.id().startsWith("boot1")))
                .as("of the first look and of the second")
                .hasSize(2);
    }

    @Test
    void aReadingTakenJustBeforeAShortOutageIsPublishedAgain() {
        boot();
        timers.advance(Duration.ofMinutes(5).plusSeconds(20));

        broker.stop();
        timers.advance(Duration.ofSeconds(20));
        broker.start(false);
        timers.advance(Duration.ofMinutes(2));

        assertThat(received).hasSize(1);
        assertThat(wrongByS).containsExactly(0L);
    }

    @Test
    void onlyAcknowledgedReadingsAreDeleted() {
        boot();
        threeMinutesWithoutTheBroker();
        List<String> all = received.stream().map(HistoryReading::id).toList();
        received.clear();

        acknowledge(all.get(0));
        timers.advance(Duration.ofMinutes(6));

        assertThat(received).extracting(HistoryReading::id).containsExactlyElementsOf(all.subList(1, all.size()));
    }

    @Test
    void anImpossibleAgeIsNotPublished() throws IOException {
        for (Duration wrong : List.of(Duration.ofDays(-1), HistoryReading.MAX_AGE.plusDays(1))) {
            received.clear();
            boot();
            broker.stop();
            timers.advance(Duration.ofMinutes(5));
            String before = "boot" + boots;
            wallAhead = wallAhead.map(ahead -> ahead.plus(wrong)); // The clock was wrong then, or is now.
            restart();
            broker.start(false);
            timers.advance(Duration.ofMinutes(2));

            assertThat(received.stream().filter(reading -> reading.id().startsWith(before)))
                    .as("%s", wrong)
                    .isNotEmpty()
                    .allMatch(reading -> reading.age().isEmpty());
            machine.cutPower();
            broker.unplug("sensor");
            timers.advance(MINUTE);
        }
    }

    @Test
    void readingsOfABootWithoutASynchronisedClockHaveNoAgeAfterTheNextBoot() throws IOException {
        wallAhead = Optional.empty();
        boot();
        broker.stop();
        timers.advance(Duration.ofMinutes(5));
        restart();
        timers.advance(Duration.ofMinutes(5));
        wallAhead = Optional.of(Duration.ofDays(300));
        broker.start(false);
        timers.advance(MINUTE);

        assertThat(received.stream().filter(reading -> reading.id().startsWith("boot1")))
                .isNotEmpty()
                .allMatch(reading -> reading.age().isEmpty());
        assertThat(received.stream().filter(reading -> reading.id().startsWith("boot2")))
                .isNotEmpty()
                .allMatch(reading -> reading.age().isPresent());
    }

    @Test
    void theOldestReadingsAreDeletedFirst() {
        settings = new HistorySettings(MINUTE, Duration.ofHours(1));
        boot();
        broker.stop();
        timers.advance(Duration.ofHours(5));
        broker.start(false);
        timers.advance(Duration.ofMinutes(2));

        assertThat(received).hasSize(60);
        assertThat(received.get(0).age().orElseThrow()).isLessThan(Duration.ofMinutes(62));
    }

    @Test
    void withoutANewReadingNothingIsStored() {
        boot();
        broker.stop();
        timers.advance(Duration.ofMinutes(5));
        int before = measured;
        measured = -1;
        timers.advance(Duration.ofMinutes(60));
        broker.start(false);
        timers.advance(Duration.ofMinutes(2));

        assertThat(before).isGreaterThan(0);
        assertThat(received).hasSizeBetween(5, 6);
    }

    @Test
    void aFullDiskDoesNotStopThePublishing() throws IOException {
        Files.createDirectory(folder.resolve("boot1.history")); // So no file can be created.
        boot();
        broker.stop();
        timers.advance(Duration.ofMinutes(5));
        Files.delete(folder.resolve("boot1.history"));
        timers.advance(Duration.ofMinutes(5));
        broker.start(false);
        timers.advance(Duration.ofMinutes(2));

        assertThat(received).hasSizeBetween(5, 6);
    }

    /** Many acknowledgements must not fill the memory while the disk is slow; later ones count again. */
    @Test
    void acknowledgementsAreLimitedWhileTheDiskIsSlow() {
        boot();
        timers.advance(MINUTE);
        machine.delayWorker("history", MINUTE);
        int before = storeReads;
        for (int i = 0; i < 1000; i++) {
            acknowledge(HistoryReading.NOTHING_RECEIVED);
            timers.advance(Duration.ofMillis(1));
        }
        timers.advance(MINUTE);
        assertThat(storeReads - before).isEqualTo(64);

        acknowledge(HistoryReading.NOTHING_RECEIVED);
        timers.advance(MINUTE);

        assertThat(storeReads - before).isEqualTo(65);
    }

    /** The consumer has no reading yet; the broker was back for a minute. */
    private void threeMinutesWithoutTheBroker() {
        acknowledge(HistoryReading.NOTHING_RECEIVED);
        broker.stop();
        timers.advance(Duration.ofMinutes(3));
        broker.start(false);
        timers.advance(MINUTE);
    }

    private void outage(Duration length) {
        boot();
        timers.advance(MINUTE);
        broker.stop();
        timers.advance(length);
        broker.start(false);
        timers.advance(Duration.ofMinutes(5));
    }

    private void boot() {
        machine = timers.machine(Duration.ofHours(boots++)); // Each boot has another monotonic clock.
        String id = "boot" + boots;
        Bus bus = broker.bus("sensor", "home/sensor/status");
        NodePlatform platform = TestNodes.platform(new MemoryHal(), bus, machine, wall(), NodeStorage.in(folder), id);
        NodeContext context = NodeAssembly.context(TestNodes.common("sensor"), platform);
        ReadingHistory history =
                ReadingHistory.start(new SyncedFile(folder.resolve(id + ".history")), settings, context);
        machine.every("sensor", Duration.ofSeconds(10), () -> {
            if (measured >= 0) {
                history.onReading(Celsius.of(measured++));
            }
        });
        bus.connect(Duration.ZERO);
        broker.plugIn("sensor");
    }

    /** A power cut: unsynced changes are lost. */
    private void restart() throws IOException {
        machine.cutPower();
        broker.unplug("sensor");
        timers.advance(MINUTE);
        Path durable = folder.resolve("durable");
        if (Files.exists(durable)) {
            Files.copy(durable, folder.resolve("boot" + (boots + 1) + ".history"));
        }
        measured = (int) sinceBegin() / 10;
        boot();
    }

    private WallClock wall() {
        return () -> wallAhead.map(ahead -> timers.clock().instant().plus(ahead).atZone(ZoneOffset.UTC));
    }

    private void receive(Incoming message) {
        HistoryReading reading = read(message);
        received.add(reading);
        long takenS = 10 * Math.round(reading.celsius().degrees());
        reading.age().ifPresent(age -> wrongByS.add(takenS - (sinceBegin() - age.toSeconds())));
        if (acknowledges) {
            acknowledge(reading.id());
        }
    }

    private void acknowledge(String id) {
        consumer.publish(new Outgoing(ACK, id.getBytes(StandardCharsets.UTF_8), 1, false, Instant.MAX));
    }

    private long sinceBegin() {
        return Duration.between(BEGIN, timers.clock().instant()).toSeconds();
    }

    private static HistoryReading read(Incoming message) {
        try {
            return HistoryReading.TOPIC.codec().read(Decoder.decode(message.payload()));
        } catch (Malformed e) {
            throw new IllegalArgumentException(e.reason(), e);
        }
    }

    private Set<String> ids() {
        return received.stream().map(HistoryReading::id).collect(Collectors.toSet());
    }

    /** A store after a power cut: the file as of the last sync. */
    private final class SyncedFile implements ReadingStore {

        private final Path file;
        private final ReadingStore store;

        SyncedFile(Path file) {
            this.file = file;
            this.store = new ReadingFile(file);
        }

        @Override
        public void add(TimestampedReading reading) throws IOException {
            store.add(reading);
        }

        @Override
        public List<StoredReading> oldest(int count) throws IOException {
            return store.oldest(count);
        }

        @Override
        public void remove(Collection<StoredReading> readings) throws IOException {
            store.remove(readings);
        }

        @Override
        public int size() throws IOException {
            return store.size();
        }

        @Override
        public boolean hasAcknowledgingConsumer() throws IOException {
            storeReads++;
            return store.hasAcknowledgingConsumer();
        }

        @Override
        public void markAcknowledged() throws IOException {
            store.markAcknowledged();
        }

        @Override
        public void sync() throws IOException {
            store.sync();
            syncs++;
            Files.copy(file, folder.resolve("durable"), StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
