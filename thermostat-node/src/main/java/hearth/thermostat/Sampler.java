package hearth.thermostat;

import hearth.common.hal.Thermometer;
import hearth.common.value.Reading;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.tinylog.Logger;

/**
 * Reads the sensor on a thread of its own: a read takes a second, and never returns if the bus hangs. The controller
 * notices that readings are missing.
 */
final class Sampler implements Runnable {

    private final Thermometer thermometer;
    private final Consumer<Reading> listener;
    private final AtomicLong errors;
    private boolean failing;

    Sampler(Thermometer thermometer, Consumer<Reading> listener, AtomicLong errors) {
        this.thermometer = thermometer;
        this.listener = listener;
        this.errors = errors;
    }

    @Override
    public void run() {
        Reading reading = thermometer.read();
        if (reading instanceof Reading.Failed failed) {
            errors.incrementAndGet();
            if (!failing) {
                Logger.warn("{}: {}", failed.code(), failed.detail());
            }
        }
        failing = reading instanceof Reading.Failed;
        listener.accept(reading);
    }
}
