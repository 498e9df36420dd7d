package hearth.common.hal;

import java.io.IOException;

/** One switched output. */
public interface Relay {

    /**
     * Switches the load, whichever way the board's coil is wired.
     *
     * @throws IOException if the output is not as asked
     */
    void set(boolean on) throws IOException;
}
