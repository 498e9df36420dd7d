package hearth.common.runtime;

import hearth.common.core.Boot;
import hearth.common.core.EffectReport;
import hearth.common.store.StateStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes the saved state to disk, on a separate thread. If several states wait, only the latest is written. A failed
 * write is retried once per minute. After a burst of 16 writes, there is at most one write per second, so that a flood
 * of commands does not wear out the SD card.
 */
public final class StateWriter {

    private static final Duration RETRY_PERIOD = Duration.ofMinutes(1);
    private static final Duration BETWEEN_WRITES = Duration.ofSeconds(1);
    private static final Duration WRITE_BURST = BETWEEN_WRITES.multipliedBy(16);

    private final Timers timers;
    private final StateStore store;
    private final StateStore.SavedState saved;
    private final Executor thread;
    private final AtomicReference<@Nullable PendingWrite> waiting = new AtomicReference<>();
    private final AtomicBoolean writeScheduled = new AtomicBoolean();

    /** When the writes so far would be finished if each took one second. Used on the writer's thread only. */
    private Instant writesPaidUntil = Instant.MIN;

    public StateWriter(StateStore store, Timers timers) {
        this.timers = timers;
        this.store = store;
        this.saved = store.read();
        this.thread = timers.worker("keeper");
        timers.every("keeper-again", RETRY_PERIOD, this::writeSoon);
    }

    Boot boot(String id) {
        return new Boot(id, saved.entries(), saved.damaged());
    }

    /** Returns at once. @param report called when the entries are on disk, and when a write failed */
    void save(Map<String, String> entries, Consumer<EffectReport> report) {
        waiting.set(new PendingWrite(entries, report));
        writeSoon();
    }

    /** At most one task waits, even if the disk hangs; it writes the latest state at that time. */
    private void writeSoon() {
        if (writeScheduled.compareAndSet(false, true)) {
            thread.execute(this::write);
        }
    }

    private void write() {
        Duration delay = delayUntilNextWrite();
        if (!delay.isZero()) {
            timers.after(delay, () -> thread.execute(this::write));
            return;
        }
        writeScheduled.set(false);
        PendingWrite pending = waiting.get();
        if (pending == null) {
            return;
        }
        writesPaidUntil = writesPaidUntil.plus(BETWEEN_WRITES);
        try {
            store.write(pending.entries);
            waiting.compareAndSet(pending, null);
            pending.report.accept(new EffectReport.StateSaved(pending.entries));
        } catch (IOException e) {
            pending.report.accept(new EffectReport.StorageFailed(e.toString()));
        }
    }

    /** The delay that the rate limit requires before the next write. */
    private Duration delayUntilNextWrite() {
        Instant now = timers.clock().instant();
        writesPaidUntil = writesPaidUntil.isAfter(now) ? writesPaidUntil : now;
        Instant next = writesPaidUntil.plus(BETWEEN_WRITES).minus(WRITE_BURST);
        return next.isAfter(now) ? Duration.between(now, next) : Duration.ZERO;
    }

    private record PendingWrite(Map<String, String> entries, Consumer<EffectReport> report) {}
}
