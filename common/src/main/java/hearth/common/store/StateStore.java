package hearth.common.store;

import java.io.IOException;
import java.util.Map;

/** Stores the saved state of a node, which survives a power cut. */
public interface StateStore {

    /**
     * The saved state.
     *
     * @param damaged whether the latest entries are not usable; then these are the previous ones, or none
     */
    record SavedState(Map<String, String> entries, boolean damaged) {}

    /** Reads the latest usable entries. Never throws: a node must start without its saved state too. */
    SavedState read();

    /**
     * Replaces the entries. After it returns, they survive a power cut.
     *
     * @throws IllegalArgumentException for a line break in a key or value, or an equals sign in a key
     * @throws IOException if the write failed or the entries are too large; then the previous ones stay
     */
    void write(Map<String, String> entries) throws IOException;
}
