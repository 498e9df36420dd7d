package hearth.thermostat.history;

import hearth.common.message.HistoryReading;
import hearth.common.mqtt.Bus;
import hearth.common.mqtt.NodeBus;
import hearth.common.runtime.NodeContext;
import hearth.common.runtime.WallClock;
import hearth.common.value.Celsius;
import hearth.thermostat.history.ReadingStore.StoredReading;
import hearth.thermostat.history.ReadingStore.TimestampedReading;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * Keeps readings that nobody could be told, and tells them once somebody can be. A broker's acknowledgement is the end of
 * one, until a consumer is heard of that acknowledges itself: from then on each is kept until its consumer has it.
 *
 * <p>All of it happens on a thread of its own: nobody waits for its disk.
 */
public final class ReadingHistory {

    private static final int MAX_IN_FLIGHT = 16;
    private static final Duration PUBLISH_EXPIRY = Duration.ofMinutes(1); // Its age is of when it was handed over.
    private static final Duration REPUBLISH_AFTER = Duration.ofMinutes(5);
    private static final int MAX_PENDING_ACKNOWLEDGEMENTS =
            64; // Acknowledgements, while the disk is slower than they come.
    private static final Duration SYNC_PERIOD = Duration.ofMinutes(1);

    private final ReadingStore store;
    private final HistorySettings settings;
    private final NodeBus bus;
    private final InstantSource clock;
    private final WallClock wallClock;
    private final String boot;
    private final Executor thread;
    private final AtomicReference<@Nullable PendingReading> latest = new AtomicReference<>();
    private final AtomicInteger waiting = new AtomicInteger();

    // From here on: the history's thread only.
    private final Map<String, PublishedReading> published = new HashMap<>();
    private Optional<PendingReading> unconfirmed = Optional.empty();
    private long connections;
    private boolean changed;
    private Instant syncAt = Instant.MIN;
    private boolean failing;

    private ReadingHistory(ReadingStore store, HistorySettings settings, NodeContext context) {
        this.store = store;
        this.settings = settings;
        this.bus = context.bus();
        this.clock = context.timers().clock();
        this.wallClock = context.wallClock();
        this.boot = context.bootId();
        this.thread = context.timers().worker("history");
    }

    /** Begins to keep what it is told was {@linkplain #onReading measured}. */
    public static ReadingHistory start(ReadingStore store, HistorySettings settings, NodeContext context) {
        ReadingHistory history = new ReadingHistory(store, settings, context);
        context.bus()
                .onUnsignedCommand(HistoryReading.ACKNOWLEDGE, command -> history.onAcknowledgement(command.value()));
        context.timers()
                .every("history-look", settings.every(), () -> history.onHistoryThread(history::checkConnection));
        return history;
    }

    /** A reading that was accepted. Returns at once; any thread. */
    public void onReading(Celsius celsius) {
        latest.set(new PendingReading(clock.instant(), celsius));
    }

    /**
     * A connection that is lost is noticed later than it is lost. So a reading that was told to the broker is doubtful
     * until the next look finds the same connection still there.
     */
    private void checkConnection() throws IOException {
        Bus.Counts counts = bus.counts();
        boolean lasted = counts.online() && counts.connections() == connections;
        connections = counts.connections();
        if (!lasted) {
            keep(unconfirmed);
        }
        unconfirmed = Optional.ofNullable(latest.getAndSet(null));
        if (!counts.online()) {
            keep(unconfirmed);
            unconfirmed = Optional.empty();
        }
        publishOldest();
        syncIfDue();
    }

    private void keep(Optional<PendingReading> measured) throws IOException {
        if (measured.isPresent()) {
            store.add(timestamped(measured.get()));
            changed = true;
            store.remove(store.oldest((int) Math.max(0, store.size() - settings.maxReadings())));
        }
    }

    private TimestampedReading timestamped(PendingReading measured) {
        Duration ago = Duration.between(measured.at, clock.instant());
        return new TimestampedReading(
                boot, measured.at, wallClock.now().map(now -> now.toInstant().minus(ago)), measured.celsius);
    }

    private void publishOldest() throws IOException {
        if (!bus.counts().online()) {
            return;
        }
        Instant now = clock.instant();
        for (StoredReading reading : store.oldest(MAX_IN_FLIGHT)) {
            PublishedReading before = published.get(reading.id());
            if (before == null || !now.isBefore(before.at.plus(REPUBLISH_AFTER))) {
                published.put(reading.id(), new PublishedReading(reading, now));
                bus.publishOnce(
                        HistoryReading.TOPIC,
                        new HistoryReading(reading.id(), reading.reading().celsius(), age(reading.reading(), now)),
                        now.plus(PUBLISH_EXPIRY),
                        delivered -> onHistoryThread(() -> settled(reading, delivered)));
            }
        }
    }

    private Optional<Duration> age(TimestampedReading reading, Instant now) {
        if (reading.boot().equals(boot)) {
            return Optional.of(Duration.between(reading.monotonicTime(), now));
        }
        return reading.wallTime()
                .flatMap(at -> wallClock.now().map(today -> Duration.between(at, today.toInstant())))
                .filter(age -> !age.isNegative() && age.compareTo(HistoryReading.MAX_AGE) <= 0);
    }

    private void settled(StoredReading reading, boolean delivered) throws IOException {
        if (!delivered) {
            published.remove(reading.id()); // The next look tells it again, with the age that it has then.
        } else if (!store.hasAcknowledgingConsumer()) {
            removeDelivered(List.of(reading));
        }
    }

    /** One that is passed over is no loss: what it was of is told again, and its consumer says it again. */
    private void onAcknowledgement(List<String> ids) {
        if (waiting.incrementAndGet() > MAX_PENDING_ACKNOWLEDGEMENTS) {
            waiting.decrementAndGet();
            return;
        }
        onHistoryThread(() -> {
            waiting.decrementAndGet();
            acknowledged(ids);
        });
    }

    private void acknowledged(List<String> ids) throws IOException {
        if (!store.hasAcknowledgingConsumer()) {
            store.markAcknowledged();
            changed = true;
        }
        if (ids.contains(HistoryReading.NOTHING_RECEIVED)) {
            published.clear();
        }
        removeDelivered(published.values().stream()
                .map(PublishedReading::reading)
                .filter(reading -> ids.contains(reading.id()))
                .toList());
    }

    private void removeDelivered(List<StoredReading> readings) throws IOException {
        readings.forEach(reading -> published.remove(reading.id()));
        store.remove(readings);
        changed |= !readings.isEmpty();
        publishOldest();
    }

    /** Seldom, as a card wears: what is lost with the power in between is the last of it. */
    private void syncIfDue() throws IOException {
        Instant now = clock.instant();
        if (changed && !now.isBefore(syncAt)) {
            store.sync();
            changed = false;
            syncAt = now.plus(SYNC_PERIOD);
        }
    }

    private void onHistoryThread(StoreTask task) {
        thread.execute(() -> {
            try {
                task.run();
                failing = false;
            } catch (IOException e) {
                if (!failing) {
                    Logger.warn("readings cannot be kept for later: {}", e.getMessage());
                }
                failing = true;
            }
        });
    }

    private record PendingReading(Instant at, Celsius celsius) {}

    private record PublishedReading(StoredReading reading, Instant at) {}

    /** Something to do with the store. */
    private interface StoreTask {
        void run() throws IOException;
    }
}
