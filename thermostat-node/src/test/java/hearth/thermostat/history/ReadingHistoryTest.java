package hearth.thermostat.history;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.message.HistoryReading;
import hearth.common.message.Malformed;
import hearth.common.mqtt.Bus;
import hearth.common.mqtt.Decoder;
import hearth.common.mqtt.Incoming;
import hearth.common.mqtt.MemoryBroker;
import hearth.common.mqtt.NodeBus;
import hearth.common.mqtt.Outgoing;
import hearth.common.mqtt.Subscription;
import hearth.common.runtime.NodeContext;
import hearth.common.runtime.StateWriter;
import hearth.common.runtime.WallClock;
import hearth.common.store.StateFile;
import hearth.common.value.Celsius;
import hearth.common.value.TimeScale;
import hearth.testkit.MemoryHal;
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
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of readings that nobody could be told. One is taken each ten seconds, and is its own number in °C. */
final class ReadingHistoryTest {

    private static final Instant BEGIN = Instant.parse("2030-01-01T08:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final String TOLD = "home/sensor/history";
    private static final String ACK = "home/sensor/history/ack";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final VirtualTimers timers = new VirtualTimers(BEGIN);
    private final MemoryBroker broker = new MemoryBroker(timers.clock(), TimeScale.REAL_TIME, timers.worker("broker"));
    private final List<HistoryReading> told = new ArrayList<>();
    private final List<Long> wrongByS = new ArrayList<>();
    private VirtualTimers.Machine machine = timers.machine(Duration.ZERO);
    private HistorySettings settings = new HistorySettings(MINUTE, Duration.ofDays(7));
    private Optional<Duration> wallAhead = Optional.of(Duration.ofDays(300)); // Another clock than the steady one.
    private int measured;
    private int boots;
    private int syncs;
    private int asked;
    private boolean acknowledges;

    @SuppressWarnings("NullAway.Init")
    private Bus consumer;

    @BeforeEach
    void aConsumerListens() {
        timers.every("broker", Duration.ofSeconds(1), broker::expireMessages);
        consumer = broker.bus("consumer", "home/consumer/status");
        consumer.connect(Duration.ZERO);
        consumer.subscribe(new Subscription(TOLD, 1, false), this::hear, Duration.ZERO);
    }

    @Test
    void whileTheBrokerIsThereNothingIsKept() {
        boot();

        timers.advance(Duration.ofHours(3));

        assertThat(told).isEmpty();
        assertThat(folder.resolve("boot1.history")).doesNotExist();
    }

    @Test
    void whatWasTakenWhileTheBrokerWasAwayIsToldWithItsAgeWhenItIsBack() {
        boot();
        timers.advance(Duration.ofMinutes(10));
        broker.stop();
        timers.advance(Duration.ofMinutes(5));
        broker.start(false);
        timers.advance(Duration.ofMinutes(2));

        assertThat(told).hasSize(6); // One a minute, and the one before, of which nobody knows.
        assertThat(ids()).hasSize(6);
        assertThat(wrongByS).hasSize(6).containsOnly(0L);
    }

    @Test
    void eachIsToldOnceThoughTheBrokerComesAndGoes() {
        boot();
        for (int i = 0; i < 20; i++) {
            timers.advance(Duration.ofMinutes(3));
            broker.stop();
            timers.advance(Duration.ofMinutes(7));
            broker.start(i % 2 == 0);
        }
        timers.advance(Duration.ofMinutes(5));

        assertThat(told).hasSameSizeAs(ids()).hasSizeBetween(20 * 7, 20 * 8);
    }

    @Test
    void aBrokersWordIsEnoughAsLongAsNobodyElseAcknowledges() throws IOException {
        outage(Duration.ofMinutes(30));

        assertThat(told).hasSize(31);
        restart();
        timers.advance(Duration.ofMinutes(30));
        assertThat(told).hasSize(31);
    }

    @Test
    void onceAConsumerAcknowledgesEachIsKeptUntilItHasIt() throws IOException {
        boot();
        acknowledge(HistoryReading.NOTHING_RECEIVED);
        timers.advance(Duration.ofMinutes(1));
        broker.stop();
        timers.advance(Duration.ofMinutes(40));
        broker.start(true);
        timers.advance(Duration.ofMinutes(2));
        assertThat(ids()).hasSize(16); // No more are under way at once.
        restart();
        timers.advance(Duration.ofMinutes(2));
        assertThat(ids()).hasSize(16);

        acknowledges = true;
        acknowledge(HistoryReading.NOTHING_RECEIVED);
        timers.advance(Duration.ofMinutes(2));

        assertThat(ids()).hasSize(41);
        int before = told.size();
        restart();
        timers.advance(Duration.ofMinutes(30));
        assertThat(told).hasSize(before);
    }

    @Test
    void whatIsNotAcknowledgedIsToldAgainEachFiveMinutes() {
        boot();
        threeMinutesWithoutTheBroker();
        int once = told.size();

        timers.advance(Duration.ofMinutes(10));

        assertThat(told).hasSize(3 * once);
        assertThat(ids()).hasSize(once);
    }

    @Test
    void afterAPowerCutOnlyTheLastMinuteIsGone() throws IOException {
        settings = new HistorySettings(Duration.ofSeconds(10), Duration.ofHours(1));
        boot();
        timers.advance(MINUTE);
        broker.stop();
        timers.advance(Duration.ofMinutes(10));

        restart();
        broker.start(false);
        timers.advance(Duration.ofMinutes(2));

        assertThat(told).hasSameSizeAs(ids()).hasSizeBetween(60 - 6, 61);
        assertThat(wrongByS).hasSameSizeAs(told).containsOnly(0L);
    }

    @Test
    void aCardIsNotWornByWhatChangesNothing() throws IOException {
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
    void aReadingThatIsTakenWhileNobodyIsThereIsOnDiskAtTheNextLook() throws IOException {
        settings = new HistorySettings(Duration.ofMinutes(10), Duration.ofDays(7));
        boot();
        broker.stop();
        timers.advance(Duration.ofMinutes(10).plusSeconds(1));

        restart();
        broker.start(false);
        timers.advance(Duration.ofMinutes(10));

        assertThat(told.stream().filter(reading -> reading.id().startsWith("boot1")))
                .as("of the first look and of the second")
                .hasSize(2);
    }

    @Test
    void aReadingIsToldAgainThatWasTakenJustBeforeAConnectionWasLostAndFoundBetweenTwoLooks() {
        boot();
        timers.advance(Duration.ofMinutes(5).plusSeconds(20));

        broker.stop();
        timers.advance(Duration.ofSeconds(20));
        broker.start(false);
        timers.advance(Duration.ofMinutes(2));

        assertThat(told).hasSize(1);
        assertThat(wrongByS).containsExactly(0L);
    }

    @Test
    void whatIsAcknowledgedIsOverAndNothingElse() {
        boot();
        threeMinutesWithoutTheBroker();
        List<String> all = told.stream().map(HistoryReading::id).toList();
        told.clear();

        acknowledge(all.get(0));
        timers.advance(Duration.ofMinutes(6));

        assertThat(told).extracting(HistoryReading::id).containsExactlyElementsOf(all.subList(1, all.size()));
    }

    @Test
    void anAgeThatCannotBeIsNotTold() throws IOException {
        for (Duration wrong : List.of(Duration.ofDays(-1), HistoryReading.MAX_AGE.plusDays(1))) {
            told.clear();
            boot();
            broker.stop();
            timers.advance(Duration.ofMinutes(5));
            String before = "boot" + boots;
            wallAhead = wallAhead.map(ahead -> ahead.plus(wrong)); // It was wrong then, or is now.
            restart();
            broker.start(false);
            timers.advance(Duration.ofMinutes(2));

            assertThat(told.stream().filter(reading -> reading.id().startsWith(before)))
                    .as("%s", wrong)
                    .isNotEmpty()
                    .allMatch(reading -> reading.age().isEmpty());
            machine.cutPower();
            broker.unplug("sensor");
            timers.advance(MINUTE);
        }
    }

    @Test
    void ofABootThatNobodyToldTheTimeNobodyKnowsWhenAfterAnother() throws IOException {
        wallAhead = Optional.empty();
        boot();
        broker.stop();
        timers.advance(Duration.ofMinutes(5));
        restart();
        timers.advance(Duration.ofMinutes(5));
        wallAhead = Optional.of(Duration.ofDays(300));
        broker.start(false);
        timers.advance(MINUTE);

        assertThat(told.stream().filter(reading -> reading.id().startsWith("boot1")))
                .isNotEmpty()
                .allMatch(reading -> reading.age().isEmpty());
        assertThat(told.stream().filter(reading -> reading.id().startsWith("boot2")))
                .isNotEmpty()
                .allMatch(reading -> reading.age().isPresent());
    }

    @Test
    void theOldestGiveWayToTheNewest() {
        settings = new HistorySettings(MINUTE, Duration.ofHours(1));
        boot();
        broker.stop();
        timers.advance(Duration.ofHours(5));
        broker.start(false);
        timers.advance(Duration.ofMinutes(2));

        assertThat(told).hasSize(60);
        assertThat(told.get(0).age().orElseThrow()).isLessThan(Duration.ofMinutes(62));
    }

    @Test
    void aSensorThatSaysNothingIsNotRemembered() {
        boot();
        broker.stop();
        timers.advance(Duration.ofMinutes(5));
        int before = measured;
        measured = -1;
        timers.advance(Duration.ofMinutes(60));
        broker.start(false);
        timers.advance(Duration.ofMinutes(2));

        assertThat(before).isGreaterThan(0);
        assertThat(told).hasSizeBetween(5, 6);
    }

    @Test
    void aDiskThatIsFullIsNoReasonToStop() throws IOException {
        Files.createDirectory(folder.resolve("boot1.history")); // No file can be there.
        boot();
        broker.stop();
        timers.advance(Duration.ofMinutes(5));
        Files.delete(folder.resolve("boot1.history"));
        timers.advance(Duration.ofMinutes(5));
        broker.start(false);
        timers.advance(Duration.ofMinutes(2));

        assertThat(told).hasSizeBetween(5, 6);
    }

    /** Whoever acknowledges like mad must not fill the memory while the disk is slow, and is heard when it is not. */
    @Test
    void ofAcknowledgementsThatComeFasterThanTheDiskOnlySoManyWait() {
        boot();
        timers.advance(MINUTE);
        machine.delayWorker("history", MINUTE);
        int before = asked;
        for (int i = 0; i < 1000; i++) {
            acknowledge(HistoryReading.NOTHING_RECEIVED);
            timers.advance(Duration.ofMillis(1));
        }
        timers.advance(MINUTE);
        assertThat(asked - before).isEqualTo(64);

        acknowledge(HistoryReading.NOTHING_RECEIVED);
        timers.advance(MINUTE);

        assertThat(asked - before).isEqualTo(65);
    }

    /** The consumer has nothing yet; the broker is back for a minute. */
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
        machine = timers.machine(Duration.ofHours(boots++)); // Each boot's steady clock is another.
        String id = "boot" + boots;
        Bus bus = broker.bus("sensor", "home/sensor/status");
        NodeContext context = new NodeContext(
                new MemoryHal(),
                new NodeBus(bus, "home", "sensor", machine.clock(), TimeScale.REAL_TIME),
                machine,
                wall(),
                new StateWriter(new StateFile(folder, "sensor"), machine),
                id,
                new AtomicLong());
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

    /** Its power goes, and what was not synced is not there when it is back. */
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

    private void hear(Incoming message) {
        HistoryReading reading = read(message);
        told.add(reading);
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
        return told.stream().map(HistoryReading::id).collect(Collectors.toSet());
    }

    /** What a power cut leaves of a store: the file as it was when it was last synced. */
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
            asked++;
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
