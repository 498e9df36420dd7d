package hearth.common.hal;

import java.io.IOException;

/** One switched output. */
public interface Relay {

    /**
     * Switches the load on or off, independent of the level that the relay board requires.
     *
     * @throws IOException if the output does not have the requested state afterwards
     */
    void set(boolean on) throws IOException;
}
