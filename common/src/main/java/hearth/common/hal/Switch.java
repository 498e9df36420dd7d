package hearth.common.hal;

import java.io.IOException;

/** One input that is either closed or open: a cup on its plate, a float in a tank. */
public interface Switch {

    /** @throws IOException if the input cannot be read */
    boolean closed() throws IOException;
}
