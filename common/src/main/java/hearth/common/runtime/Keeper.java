package hearth.common.runtime;

import hearth.common.core.Boot;
import hearth.common.core.Report;
import hearth.common.store.Store;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps notes on disk, on a thread of its own. Of several that wait only the latest is written, and what could not be
 * written is tried again once a minute.
 */
public final class Keeper {

    private static final Duration TRY_AGAIN = Duration.ofMinutes(1);

    private final Store store;
    private final Store.Saved saved;
    private final Executor thread;
    private final AtomicReference<@Nullable Note> waiting = new AtomicReference<>();
    private final AtomicBoolean asked = new AtomicBoolean();

    public Keeper(Store store, Timers timers) {
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
        asked.set(false);
        Note note = waiting.get();
        if (note == null) {
            return;
        }
        try {
            store.write(note.notes);
            waiting.compareAndSet(note, null);
            note.report.accept(new Report.OnDisk(note.notes));
        } catch (IOException e) {
            note.report.accept(new Report.StorageFailed(e.toString()));
        }
    }

    private record Note(Map<String, String> notes, Consumer<Report> report) {}
}
