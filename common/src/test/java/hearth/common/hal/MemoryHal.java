package hearth.common.hal;

import hearth.common.value.Fix;
import hearth.common.value.Pin;
import hearth.common.value.Reading;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** A board in memory: a test sets what its sensor and receiver say, and looks at its pins. */
public class MemoryHal implements Hal {

    private final Map<Integer, Boolean> pins = new HashMap<>();
    private Reading reading = new Reading.Failed("sensor-missing", "nothing was set yet");
    private Consumer<Fix> car = fix -> {};
    private BiConsumer<Integer, Boolean> watcher = (pin, on) -> {};

    /** Tells of each change of an output, by its pin. */
    public void watch(BiConsumer<Integer, Boolean> other) {
        watcher = other;
    }

    public void senses(Reading reading) {
        this.reading = reading;
    }

    public void drives(Fix fix) {
        car.accept(fix);
    }

    public boolean isOn(int pin) {
        return pins.getOrDefault(pin, false);
    }

    @Override
    public Thermometer thermometer(String address) {
        return () -> reading;
    }

    @Override
    public Relay relay(Pin pin) {
        return on -> {
            if (!Boolean.valueOf(on).equals(pins.put(pin.number(), on))) {
                watcher.accept(pin.number(), on);
            }
        };
    }

    @Override
    public Switch input(Pin pin) {
        return () -> isOn(pin.number());
    }

    @Override
    public PositionSource receiver(String host, int port) {
        return new PositionSource() {
            @Override
            public void start(Consumer<Fix> listener) {
                car = listener;
            }

            @Override
            public void close() {
                car = fix -> {};
            }
        };
    }

    @Override
    public List<Problem> problems(Wiring wiring) {
        return List.of();
    }
}
