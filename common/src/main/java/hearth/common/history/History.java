package hearth.common.history;

import hearth.common.mqtt.Bus;
import hearth.common.mqtt.Conversation;
import hearth.common.runtime.Site;
import hearth.common.runtime.WallClock;
import hearth.common.store.ReadingStore;
import hearth.common.store.ReadingStore.Kept;
import hearth.common.store.ReadingStore.Taken;
import hearth.common.value.Celsius;
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
public final class History {

    /** What a consumer says when it comes, so as to be told again whatever still waits. */
    public static final String NOTHING_YET = "none";

    private static final int AT_ONCE = 16;
    private static final Duration TOLD_WITHIN = Duration.ofMinutes(1); // Its age is of when it was handed over.
    private static final Duration TOLD_AGAIN_AFTER = Duration.ofMinutes(5);
    private static final int MOST_WAITING = 64; // Acknowledgements, while the disk is slower than they come.
    private static final Duration ON_DISK_WITHIN = Duration.ofMinutes(1);

    private final ReadingStore store;
    private final HistorySettings settings;
    private final Conversation conversation;
    private final InstantSource clock;
    private final WallClock wall;
    private final String boot;
    private final Executor thread;
    private final AtomicReference<@Nullable Measured> latest = new AtomicReference<>();
    private final AtomicInteger waiting = new AtomicInteger();

    // From here on: the history's thread only.
    private final Map<String, Told> told = new HashMap<>();
    private Optional<Measured> doubtful = Optional.empty();
    private long connections;
    private boolean changed;
    private Instant syncAt = Instant.MIN;
    private boolean failing;

    private History(ReadingStore store, HistorySettings settings, Site site) {
        this.store = store;
        this.settings = settings;
        this.conversation = site.conversation();
        this.clock = site.timers().clock();
        this.wall = site.wall();
        this.boot = site.bootId();
        this.thread = site.timers().worker("history");
    }

    /** Begins to keep what it is told was {@linkplain #measured measured}. */
    public static History begin(ReadingStore store, HistorySettings settings, Site site) {
        History history = new History(store, settings, site);
        site.conversation().obeyAnybody(PastReading.ACKNOWLEDGE, command -> history.heard(command.value()));
        site.timers().every("history-look", settings.every(), () -> history.soon(history::look));
        return history;
    }

    /** A reading that was accepted. Returns at once; any thread. */
    public void measured(Celsius celsius) {
        latest.set(new Measured(clock.instant(), celsius));
    }

    /**
     * A connection that is lost is noticed later than it is lost. So a reading that was told to the broker is doubtful
     * until the next look finds the same connection still there.
     */
    private void look() throws IOException {
        Bus.Counts counts = conversation.counts();
        boolean lasted = counts.online() && counts.connections() == connections;
        connections = counts.connections();
        if (!lasted) {
            keep(doubtful);
        }
        doubtful = Optional.ofNullable(latest.getAndSet(null));
        if (!counts.online()) {
            keep(doubtful);
            doubtful = Optional.empty();
        }
        tell();
        syncIfDue();
    }

    private void keep(Optional<Measured> measured) throws IOException {
        if (measured.isPresent()) {
            store.add(taken(measured.get()));
            changed = true;
            store.remove(store.oldest((int) Math.max(0, store.size() - settings.most())));
        }
    }

    private Taken taken(Measured measured) {
        Duration ago = Duration.between(measured.at, clock.instant());
        return new Taken(
                boot, measured.at, wall.now().map(now -> now.toInstant().minus(ago)), measured.celsius);
    }

    private void tell() throws IOException {
        if (!conversation.counts().online()) {
            return;
        }
        Instant now = clock.instant();
        for (Kept reading : store.oldest(AT_ONCE)) {
            Told before = told.get(reading.id());
            if (before == null || !now.isBefore(before.at.plus(TOLD_AGAIN_AFTER))) {
                told.put(reading.id(), new Told(reading, now));
                conversation.announce(
                        PastReading.TOPIC,
                        new PastReading(reading.id(), reading.taken().celsius(), age(reading.taken(), now)),
                        now.plus(TOLD_WITHIN),
                        delivered -> soon(() -> settled(reading, delivered)));
            }
        }
    }

    private Optional<Duration> age(Taken reading, Instant now) {
        if (reading.boot().equals(boot)) {
            return Optional.of(Duration.between(reading.steady(), now));
        }
        return reading.wall()
                .flatMap(at -> wall.now().map(today -> Duration.between(at, today.toInstant())))
                .filter(age -> !age.isNegative() && age.compareTo(PastReading.OLDEST) <= 0);
    }

    private void settled(Kept reading, boolean delivered) throws IOException {
        if (!delivered) {
            told.remove(reading.id()); // The next look tells it again, with the age that it has then.
        } else if (!store.isAcknowledged()) {
            over(List.of(reading));
        }
    }

    /** One that is passed over is no loss: what it was of is told again, and its consumer says it again. */
    private void heard(List<String> ids) {
        if (waiting.incrementAndGet() > MOST_WAITING) {
            waiting.decrementAndGet();
            return;
        }
        soon(() -> {
            waiting.decrementAndGet();
            acknowledged(ids);
        });
    }

    private void acknowledged(List<String> ids) throws IOException {
        if (!store.isAcknowledged()) {
            store.acknowledged();
            changed = true;
        }
        if (ids.contains(NOTHING_YET)) {
            told.clear();
        }
        over(told.values().stream()
                .map(Told::reading)
                .filter(reading -> ids.contains(reading.id()))
                .toList());
    }

    private void over(List<Kept> readings) throws IOException {
        readings.forEach(reading -> told.remove(reading.id()));
        store.remove(readings);
        changed |= !readings.isEmpty();
        tell();
    }

    /** Seldom, as a card wears: what is lost with the power in between is the last of it. */
    private void syncIfDue() throws IOException {
        Instant now = clock.instant();
        if (changed && !now.isBefore(syncAt)) {
            store.sync();
            changed = false;
            syncAt = now.plus(ON_DISK_WITHIN);
        }
    }

    private void soon(Task task) {
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

    private record Measured(Instant at, Celsius celsius) {}

    private record Told(Kept reading, Instant at) {}

    /** Something to do with the store. */
    private interface Task {
        void run() throws IOException;
    }
}
