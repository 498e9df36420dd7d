package hearth.proving.year;

import hearth.common.hal.Hal;
import hearth.common.hal.PositionSource;
import hearth.common.hal.Problem;
import hearth.common.hal.Relay;
import hearth.common.hal.Switch;
import hearth.common.hal.Thermometer;
import hearth.common.hal.Wiring;
import hearth.common.value.Fix;
import hearth.common.value.Pin;
import hearth.proving.replay.ManualPositionSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** A board in memory. The wired devices stay when the process on it restarts. */
final class SimulatedBoard implements Hal {

    private final Thermometer thermometer;
    private final Map<Integer, SimulatedRelay> relays;
    private final ManualPositionSource positionSource = new ManualPositionSource();

    SimulatedBoard(Thermometer thermometer, Map<Integer, SimulatedRelay> relays) {
        this.thermometer = thermometer;
        this.relays = Map.copyOf(relays);
    }

    void emitFix(Fix fix) {
        positionSource.emit(fix);
    }

    void losePower() {
        relays.values().forEach(SimulatedRelay::forceOff);
        positionSource.close();
    }

    @Override
    public Thermometer thermometer(String address, Function<Path, Thermometer> driver) {
        return thermometer;
    }

    @Override
    public Relay relay(Pin pin) {
        SimulatedRelay relay = relays.get(pin.number());
        if (relay == null) {
            throw new IllegalStateException("no relay is wired to pin " + pin.number() + " in the simulated year");
        }
        return relay;
    }

    @Override
    public Switch input(Pin pin) {
        throw new IllegalStateException("no input is wired in the simulated year, requested pin " + pin.number());
    }

    @Override
    public PositionSource receiver(Supplier<PositionSource> driver) {
        return positionSource;
    }

    @Override
    public List<Problem> problems(Wiring wiring) {
        return List.of();
    }
}
