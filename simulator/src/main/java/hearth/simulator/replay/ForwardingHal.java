package hearth.simulator.replay;

import hearth.common.hal.Hal;
import hearth.common.hal.PositionSource;
import hearth.common.hal.Problem;
import hearth.common.hal.Relay;
import hearth.common.hal.Switch;
import hearth.common.hal.Thermometer;
import hearth.common.hal.Wiring;
import hearth.common.value.Pin;
import java.util.List;

/** Another board as it is; who extends this says what is different. */
public class ForwardingHal implements Hal {

    private final Hal hal;

    protected ForwardingHal(Hal hal) {
        this.hal = hal;
    }

    @Override
    public Thermometer thermometer(String address) {
        return hal.thermometer(address);
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
    public PositionSource receiver(String host, int port) {
        return hal.receiver(host, port);
    }

    @Override
    public List<Problem> problems(Wiring wiring) {
        return hal.problems(wiring);
    }
}
