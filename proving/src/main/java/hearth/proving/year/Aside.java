package hearth.proving.year;

import hearth.proving.journal.Entry;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Hands entries to their readers on another thread, in their order: who lives does not wait for who watches. */
final class Aside implements Consumer<Entry>, AutoCloseable {

    private static final int BATCH = 2048;
    private static final int BATCHES_AHEAD = 16;
    private static final Entry[] END = {};

    private final BlockingQueue<Entry[]> batches = new ArrayBlockingQueue<>(BATCHES_AHEAD);
    private final List<Consumer<Entry>> readers;
    private final Thread thread = new Thread(this::read, "watching");
    private Entry[] batch = new Entry[BATCH];
    private int size;
    private volatile @Nullable Throwable trouble;

    Aside(List<Consumer<Entry>> readers) {
        this.readers = List.copyOf(readers);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void accept(Entry entry) {
        batch[size++] = entry;
        if (size == BATCH) {
            put(batch);
            batch = new Entry[BATCH];
            size = 0;
        }
    }

    /** Waits until all is read. @throws IllegalStateException with what a reader threw as its cause */
    @Override
    public void close() {
        put(Arrays.copyOf(batch, size));
        put(END);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        rethrow();
    }

    private void put(Entry[] full) {
        rethrow();
        try {
            batches.put(full);
        } catch (InterruptedException e) {
            throw new IllegalStateException("stopped in the middle of a year", e);
        }
    }

    private void rethrow() {
        if (trouble != null) {
            throw new IllegalStateException("who watches failed", trouble);
        }
    }

    private void read() {
        try {
            for (Entry[] next = batches.take(); next != END; next = batches.take()) {
                for (Entry entry : next) {
                    for (Consumer<Entry> reader : readers) {
                        reader.accept(entry);
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) { // Unnoticed, who lives would wait for ever for room in the queue.
            trouble = e;
            batches.clear();
        }
    }
}
