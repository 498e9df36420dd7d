package hearth.proving.year;

import hearth.common.store.StateStore;
import java.io.IOException;
import java.util.Map;

/** An SD card in memory. It may be full for a time, and its last write may be damaged. */
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
    public void write(Map<String, String> newEntries) throws IOException {
        if (full) {
            throw new IOException("no space left on device");
        }
        previousEntries = corrupted ? previousEntries : entries;
        entries = Map.copyOf(newEntries);
        written = true;
        corrupted = false;
    }

    void full(boolean isFull) {
        full = isFull;
    }

    /** Damages the last write; without a write there is nothing to damage. */
    void corruptLastWrite() {
        corrupted = written;
    }
}
