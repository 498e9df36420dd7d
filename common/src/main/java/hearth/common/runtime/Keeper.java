package hearth.common.runtime;

import hearth.common.core.Boot;
import hearth.common.core.Report;
import hearth.common.store.Store;
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
 * Keeps notes on disk, on a thread of its own. Of several that wait only the latest is written, and what could not be
 * written is tried again once a minute. Whoever floods a node with what is worth a note does not wear its card out: after
 * a few at once it is a write a second.
 */
public final class Keeper {

    private static final Duration TRY_AGAIN = Duration.ofMinutes(1);
    private static final Duration BETWEEN_WRITES = Duration.ofSeconds(1);
    private static final Duration AT_ONCE = BETWEEN_WRITES.multipliedBy(16);

    private final Timers timers;
    private final Store store;
    private final Store.Saved saved;
    private final Executor thread;
    private final AtomicReference<@Nullable Note> waiting = new AtomicReference<>();
    private final AtomicBoolean asked = new AtomicBoolean();

    /** When the writes until now would have been over, had each waited for its second. Of the thread alone. */
    private Instant used = Instant.MIN;

    public Keeper(Store store, Timers timers) {
        this.timers = timers;
        this.store = store;
        this.saved = store.read();
        this.thread = timers.worker("keeper");
        timers.every("keeper-again", TRY_AGAIN, this::writeSoon);
    }

    Boot boot(String id) {
        return new Boot(id, saved.notes(), saved.forgot());
    }

    /** Returns at once. @param report told when it is on disk, or that it could not be put there yet */
    void keep(Map<String, String> notes, Consumer<Report> report) {
        waiting.set(new Note(notes, report));
        writeSoon();
    }

    /** However many ask while the disk hangs, one task waits: it writes what is the latest by then. */
    private void writeSoon() {
        if (asked.compareAndSet(false, true)) {
            thread.execute(this::write);
        }
    }

    private void write() {
        Duration rest = rest();
        if (!rest.isZero()) {
            timers.after(rest, () -> thread.execute(this::write));
            return;
        }
        asked.set(false);
        Note note = waiting.get();
        if (note == null) {
            return;
        }
        used = used.plus(BETWEEN_WRITES);
        try {
            store.write(note.notes);
            waiting.compareAndSet(note, null);
            note.report.accept(new Report.OnDisk(note.notes));
        } catch (IOException e) {
            note.report.accept(new Report.StorageFailed(e.toString()));
        }
    }

    /** How long the disk has to be left alone first. */
    private Duration rest() {
        Instant now = timers.clock().instant();
        used = used.isAfter(now) ? used : now;
        Instant next = used.plus(BETWEEN_WRITES).minus(AT_ONCE);
        return next.isAfter(now) ? Duration.between(now, next) : Duration.ZERO;
    }

    private record Note(Map<String, String> notes, Consumer<Report> report) {}
}
