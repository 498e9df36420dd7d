package hearth.common.hal;

import hearth.common.value.Pin;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Supplier;

/** The board a node runs on: hands out what is wired to it. */
public interface Hal {

    /**
     * A temperature sensor on the 1-Wire bus. A board in memory gives its own and ignores the driver.
     *
     * @param address {@code 28-} and twelve hex digits; empty for the only sensor
     * @param driver  makes the sensor, given the folder of the kernel's 1-Wire devices
     */
    Thermometer thermometer(String address, Function<Path, Thermometer> driver);

    /** An output. It is off until driven. */
    Relay relay(Pin pin);

    /** An input. */
    Switch input(Pin pin);

    /** A position receiver. A board in memory gives its own and ignores the driver. */
    default PositionSource receiver(Supplier<PositionSource> driver) {
        return driver.get();
    }

    /** What stands in the way of running here; empty if nothing does. Touches nothing. */
    List<Problem> problems(Wiring wiring);

    /** The temperature of the board's processor in °C; empty if the board does not report it. */
    default OptionalDouble processorTemperatureC() {
        return OptionalDouble.empty();
    }

    /** What there is to choose from. Touches nothing. */
    default Inventory inventory() {
        return Inventory.UNKNOWN;
    }
}
