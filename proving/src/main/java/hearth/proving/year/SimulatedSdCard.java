package hearth.proving.year;

import hearth.common.store.StateStore;
import java.io.IOException;
import java.util.Map;

/** An SD card in memory: it may be full for a while, and what was written last may be torn. */
final class SimulatedSdCard implements StateStore {

    private Map<String, String> entries = Map.of();
    private Map<String, String> previousEntries = Map.of();
    private boolean corrupted;
    private boolean written;
    private boolean full;

    @Override
    public SavedState read() {
        return corrupted ? new SavedState(previousEntries, true) : new SavedState(entries, false);
    }

    @Override
    public void write(Map<String, String> newNotes) throws IOException {
        if (full) {
            throw new IOException("no space left on device");
        }
        previousEntries = corrupted ? previousEntries : entries;
        entries = Map.copyOf(newNotes);
        written = true;
        corrupted = false;
    }

    void full(boolean isFull) {
        full = isFull;
    }

    /** What was written last cannot be trusted any more; a device that never wrote has nothing to lose. */
    void corruptLastWrite() {
        corrupted = written;
    }
}
