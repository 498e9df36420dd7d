package hearth.common.hal;

import hearth.common.value.Reading;

/** A temperature sensor. */
public interface Thermometer {

    /**
     * Takes a fresh reading. Blocks while the sensor converts, for about 1 s, and for ever if the bus hangs: call it on
     * a thread that nobody waits for. Never throws for a bad sensor.
     */
    Reading read();
}
