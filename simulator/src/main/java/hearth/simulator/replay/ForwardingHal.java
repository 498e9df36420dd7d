package hearth.simulator.replay;

import hearth.common.hal.Hal;
import hearth.common.hal.PositionSource;
import hearth.common.hal.Relay;
import hearth.common.hal.Switch;
import hearth.common.hal.Thermometer;
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
    public Relay relay(int pin, boolean activeLow) {
        return hal.relay(pin, activeLow);
    }

    @Override
    public Switch input(int pin, boolean activeLow) {
        return hal.input(pin, activeLow);
    }

    @Override
    public PositionSource receiver(String host, int port) {
        return hal.receiver(host, port);
    }

    @Override
    public List<String> problems() {
        return hal.problems();
    }
}
