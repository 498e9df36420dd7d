package hearth.common.hal.pi;

import com.pi4j.context.Context;
import hearth.common.hal.Hal;
import hearth.common.hal.Inventory;
import hearth.common.hal.Problem;
import hearth.common.hal.ProcessorTemperature;
import hearth.common.hal.Relay;
import hearth.common.hal.Switch;
import hearth.common.hal.Thermometer;
import hearth.common.hal.Wiring;
import hearth.common.value.Pin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * A Raspberry Pi. Pi4J is loaded with the first pin, so a node without pins (only a sensor, or a car) does not load it.
 */
public final class PiHal implements Hal {

    private static final Pin PRELOAD_PIN = new Pin(17, false);

    private final Preflight preflight;
    private final Supplier<Context> pi4j;
    private @Nullable Context context;

    public PiHal() {
        this(new Preflight(Path.of("/"), new Pi4jGpioHeader()), Pi4jGpioHeader::context);
    }

    PiHal(Preflight preflight, Supplier<Context> pi4j) {
        this.preflight = preflight;
        this.pi4j = pi4j;
    }

    /**
     * Loads the classes that opening a pin loads, for the CDS archive, and opens no pin. On a Pi, the GPIO chip is
     * opened and closed again; on another machine the attempt fails, which is ignored.
     */
    public static void preloadDrivers() {
        Wiring wiring = new Wiring(Map.of("rehearsal", PRELOAD_PIN), Map.of(), Optional.of(""));
        new PiHal().problems(wiring).forEach(problem -> Logger.debug("{}", problem.message()));
        preloadDrivers(Pi4jGpioHeader::context);
    }

    static void preloadDrivers(Supplier<Context> pi4j) {
        try {
            Context context = pi4j.get();
            Pi4jRelay.line(context, PRELOAD_PIN);
            Pi4jSwitch.line(context, PRELOAD_PIN);
            context.shutdown();
        } catch (RuntimeException | LinkageError e) {
            Logger.debug(e, "Pi4J");
        }
    }

    @Override
    public Thermometer thermometer(String address, Function<Path, Thermometer> driver) {
        return driver.apply(Preflight.ONE_WIRE_DEVICES);
    }

    @Override
    public Relay relay(Pin pin) {
        return open(pin, Pi4jRelay::new);
    }

    @Override
    public Switch input(Pin pin) {
        return open(pin, Pi4jSwitch::new);
    }

    @Override
    public List<Problem> problems(Wiring wiring) {
        return preflight.problems(wiring);
    }

    @Override
    public OptionalDouble processorTemperatureC() {
        return ProcessorTemperature.read();
    }

    @Override
    public Inventory inventory() {
        return preflight.inventory();
    }

    /**
     * @throws UncheckedIOException if the pin cannot be opened, for example because another program took it after the
     *     preflight check
     */
    private <T> T open(Pin pin, BiFunction<Context, Pin, T> driver) {
        try {
            if (context == null) {
                context = pi4j.get();
            }
            return driver.apply(context, pin);
        } catch (RuntimeException e) {
            throw new UncheckedIOException(
                    "GPIO" + pin.number() + " cannot be opened", new IOException(String.valueOf(e.getMessage()), e));
        }
    }
}
