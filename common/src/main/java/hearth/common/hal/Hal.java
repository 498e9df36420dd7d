package hearth.common.hal;

import java.util.List;

/** The board a node runs on: hands out what is wired to it. Pins have BCM numbers. */
public interface Hal {

    /** @param address {@code 28-} and twelve hex digits; empty for the only sensor there is */
    Thermometer thermometer(String address);

    /** An output, not yet driven. @param activeLow true if the coil is energised by 0 V */
    Relay relay(int pin, boolean activeLow);

    /** @param activeLow true if closed is 0 V */
    Switch input(int pin, boolean activeLow);

    /** A receiver behind a gpsd; with mock hardware too, as a mock car is a gpsd on a loopback port. */
    PositionSource receiver(String host, int port);

    /** What stands in the way of running here, in plain words with the remedy; empty if nothing does. Touches nothing. */
    List<String> problems();
}
