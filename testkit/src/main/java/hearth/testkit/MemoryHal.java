package hearth.testkit;

import hearth.common.hal.Hal;
import hearth.common.hal.PositionSource;
import hearth.common.hal.Problem;
import hearth.common.hal.Relay;
import hearth.common.hal.Switch;
import hearth.common.hal.Thermometer;
import hearth.common.hal.Wiring;
import hearth.common.value.Fix;
import hearth.common.value.Pin;
import hearth.common.value.Reading;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** A board in memory: a test sets the readings of its sensor and receiver, and reads its pins. */
public class MemoryHal implements Hal {

    private final Map<Integer, Boolean> pins = new HashMap<>();
    private Reading reading = new Reading.Failed("sensor-missing", "no reading was set yet");
    private Consumer<Fix> fixListener = fix -> {};
    private BiConsumer<Integer, Boolean> switchListener = (pin, on) -> {};

    /** Sets the listener for changes of outputs; it receives the pin and its state. */
    public void onSwitch(BiConsumer<Integer, Boolean> listener) {
        switchListener = listener;
    }

    public void setReading(Reading reading) {
        this.reading = reading;
    }

    public void emitFix(Fix fix) {
        fixListener.accept(fix);
    }

    public boolean isOn(int pin) {
        return pins.getOrDefault(pin, false);
    }

    @Override
    public Thermometer thermometer(String address, Function<Path, Thermometer> driver) {
        return () -> reading;
    }

    @Override
    public Relay relay(Pin pin) {
        return on -> {
            if (!Boolean.valueOf(on).equals(pins.put(pin.number(), on))) {
                switchListener.accept(pin.number(), on);
            }
        };
    }

    @Override
    public Switch input(Pin pin) {
        return () -> isOn(pin.number());
    }

    @Override
    public PositionSource receiver(Supplier<PositionSource> driver) {
        return new PositionSource() {
            @Override
            public void start(Consumer<Fix> listener) {
                fixListener = listener;
            }

            @Override
            public void close() {
                fixListener = fix -> {};
            }
        };
    }

    @Override
    public List<Problem> problems(Wiring wiring) {
        return List.of();
    }
}
