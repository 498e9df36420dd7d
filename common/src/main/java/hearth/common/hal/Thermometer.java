package hearth.common.hal;

import hearth.common.value.Reading;

/** A temperature sensor. */
public interface Thermometer {

    /**
     * Takes a fresh reading. Blocks while the sensor converts, for about 1 s, and without limit if the bus hangs: call
     * it on a separate thread. A faulty sensor gives {@link Reading.Failed}, never an exception.
     */
    Reading read();
}
