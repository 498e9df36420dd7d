package hearth.common.hal;

import hearth.common.value.Pin;
import java.nio.file.Path;
import java.util.List;

/** The board a node runs on: hands out what is wired to it. */
public interface Hal {

    /** @param address {@code 28-} and twelve hex digits; empty for the only sensor there is */
    Thermometer thermometer(String address);

    /** An output. It is off until driven. */
    Relay relay(Pin pin);

    /** An input. */
    Switch input(Pin pin);

    /** A receiver behind a gpsd; with mock hardware too, as a mock car is a gpsd on a loopback port. */
    PositionSource receiver(String host, int port);

    /** A receiver on a serial line of this machine. */
    default PositionSource receiver(Path device, int baud) {
        return new SerialPosition(device, baud);
    }

    /** What stands in the way of running here; empty if nothing does. Touches nothing. */
    List<Problem> problems(Wiring wiring);

    /** What there is to choose from. Touches nothing. */
    default Inventory inventory() {
        return Inventory.UNKNOWN;
    }
}
