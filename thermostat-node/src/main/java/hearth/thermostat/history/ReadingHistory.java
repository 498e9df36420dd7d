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
 * Stores readings while the broker is away and publishes them when it is back. A stored reading is removed when the broker
 * acknowledges it (PUBACK). After the first message on {@code history/ack}, it is removed only when a consumer lists its
 * id there.
 *
 * <p>All disk access is on a thread of its own, so the node never waits for the disk.
 */
public final class ReadingHistory {

    private static final int MAX_IN_FLIGHT = 16;
    private static final Duration PUBLISH_EXPIRY = Duration.ofMinutes(1); // Its age is the age at publication.
    private static final Duration REPUBLISH_AFTER = Duration.ofMinutes(5);
    private static final int MAX_PENDING_ACKNOWLEDGEMENTS =
            64; // For when they arrive faster than the disk stores them.
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

    // Used on the history's thread only.
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

    /** Starts to store the readings that are given to {@link #onReading}. */
    public static ReadingHistory start(ReadingStore store, HistorySettings settings, NodeContext context) {
        ReadingHistory history = new ReadingHistory(store, settings, context);
        context.bus()
                .onUnsignedCommand(HistoryReading.ACKNOWLEDGE, command -> history.onAcknowledgement(command.value()));
        context.timers()
                .every("history-look", settings.every(), () -> history.onHistoryThread(history::checkConnection));
        return history;
    }

    /** An accepted reading. Does not block; may be called on any thread. */
    public void onReading(Celsius celsius) {
        latest.set(new PendingReading(clock.instant(), celsius));
    }

    /**
     * A lost connection is noticed up to 20 s late. A reading that was published on it counts as received only if the same
     * connection still exists at the next check; otherwise it is stored.
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
            published.remove(reading.id()); // The next check publishes it again, with its new age.
        } else if (!store.hasAcknowledgingConsumer()) {
            removeDelivered(List.of(reading));
        }
    }

    /** An ignored acknowledgement loses nothing: its readings are published again, and the consumer lists them again. */
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

    /** At most once per minute, because each sync wears the SD card. A power cut loses the changes since the last sync. */
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
                    Logger.warn(
                            "readings cannot be stored on the disk: {}. Free some space or make the disk writable: until"
                                    + " then a restart of the node loses readings; retrying",
                            e.getMessage());
                }
                failing = true;
            }
        });
    }

    private record PendingReading(Instant at, Celsius celsius) {}

    private record PublishedReading(StoredReading reading, Instant at) {}

    /** An operation on the store. */
    private interface StoreTask {
        void run() throws IOException;
    }
}
