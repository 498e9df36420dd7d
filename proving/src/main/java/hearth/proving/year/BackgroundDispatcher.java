package hearth.proving.year;

import hearth.proving.journal.JournalEntry;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Passes entries to their readers on another thread, in order, so that the simulation does not wait for them. */
final class BackgroundDispatcher implements Consumer<JournalEntry>, AutoCloseable {

    private static final int BATCH = 2048;
    private static final int BATCHES_AHEAD = 16;
    private static final JournalEntry[] END = {};

    private final BlockingQueue<JournalEntry[]> batches = new ArrayBlockingQueue<>(BATCHES_AHEAD);
    private final List<Consumer<JournalEntry>> readers;
    private final Thread thread = new Thread(this::read, "watching");
    private JournalEntry[] batch = new JournalEntry[BATCH];
    private int size;
    private volatile @Nullable Throwable failure;

    BackgroundDispatcher(List<Consumer<JournalEntry>> readers) {
        this.readers = List.copyOf(readers);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void accept(JournalEntry entry) {
        batch[size++] = entry;
        if (size == BATCH) {
            enqueue(batch);
            batch = new JournalEntry[BATCH];
            size = 0;
        }
    }

    /** Waits until all entries are read. @throws IllegalStateException if a reader failed, with its cause */
    @Override
    public void close() {
        enqueue(Arrays.copyOf(batch, size));
        enqueue(END);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        rethrow();
    }

    private void enqueue(JournalEntry[] full) {
        rethrow();
        try {
            batches.put(full);
        } catch (InterruptedException e) {
            throw new IllegalStateException("the simulation was interrupted before its end", e);
        }
    }

    private void rethrow() {
        if (failure != null) {
            throw new IllegalStateException("a reader of the journal failed", failure);
        }
    }

    private void read() {
        try {
            for (JournalEntry[] next = batches.take(); next != END; next = batches.take()) {
                for (JournalEntry entry : next) {
                    for (Consumer<JournalEntry> reader : readers) {
                        reader.accept(entry);
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) { // Otherwise the simulation would wait for ever on the full queue.
            failure = e;
            batches.clear();
        }
    }
}
