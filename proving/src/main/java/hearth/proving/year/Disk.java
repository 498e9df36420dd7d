package hearth.proving.year;

import hearth.common.store.StateStore;
import java.io.IOException;
import java.util.Map;

/** An SD card in memory: it may be full for a while, and what was written last may be torn. */
final class Disk implements StateStore {

    private Map<String, String> notes = Map.of();
    private Map<String, String> notesBefore = Map.of();
    private boolean torn;
    private boolean written;
    private boolean full;

    @Override
    public SavedState read() {
        return torn ? new SavedState(notesBefore, true) : new SavedState(notes, false);
    }

    @Override
    public void write(Map<String, String> newNotes) throws IOException {
        if (full) {
            throw new IOException("no space left on device");
        }
        notesBefore = torn ? notesBefore : notes;
        notes = Map.copyOf(newNotes);
        written = true;
        torn = false;
    }

    void full(boolean isFull) {
        full = isFull;
    }

    /** What was written last cannot be trusted any more; a device that never wrote has nothing to lose. */
    void tear() {
        torn = written;
    }
}
