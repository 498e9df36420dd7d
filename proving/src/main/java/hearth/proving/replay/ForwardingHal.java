package hearth.proving.replay;

import hearth.common.hal.Hal;
import hearth.common.hal.PositionSource;
import hearth.common.hal.Problem;
import hearth.common.hal.Relay;
import hearth.common.hal.Switch;
import hearth.common.hal.Thermometer;
import hearth.common.hal.Wiring;
import hearth.common.value.Pin;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Forwards all calls to another board. Subclasses override the calls that they change. */
public class ForwardingHal implements Hal {

    private final Hal hal;

    public ForwardingHal(Hal hal) {
        this.hal = hal;
    }

    @Override
    public Thermometer thermometer(String address, Function<Path, Thermometer> driver) {
        return hal.thermometer(address, driver);
    }

    @Override
    public Relay relay(Pin pin) {
        return hal.relay(pin);
    }

    @Override
    public Switch input(Pin pin) {
        return hal.input(pin);
    }

    @Override
    public PositionSource receiver(Supplier<PositionSource> driver) {
        return hal.receiver(driver);
    }

    @Override
    public List<Problem> problems(Wiring wiring) {
        return hal.problems(wiring);
    }
}
