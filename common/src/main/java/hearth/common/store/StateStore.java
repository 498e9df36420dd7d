package hearth.common.store;

import java.io.IOException;
import java.util.Map;

/** Where a node keeps a handful of notes that survive a power cut. */
public interface StateStore {

    /**
     * What was kept.
     *
     * @param damaged the latest notes could not be trusted: these are the ones before, or none
     */
    record SavedState(Map<String, String> entries, boolean damaged) {}

    /** Reads the latest notes that can be trusted. Never throws: a device without its memory still has to start. */
    SavedState read();

    /**
     * Puts these notes in place of the ones before. When it returns they will survive a power cut.
     *
     * @throws IllegalArgumentException for a line break in a key or value, or an equals sign in a key
     * @throws IOException if they could not be put there, or are too many; then the ones before hold
     */
    void write(Map<String, String> entries) throws IOException;
}
