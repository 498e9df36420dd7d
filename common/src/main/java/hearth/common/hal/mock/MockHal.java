package hearth.common.hal.mock;

import hearth.common.hal.Hal;
import hearth.common.hal.Problem;
import hearth.common.hal.Problem.Severity;
import hearth.common.hal.ProcessorTemperature;
import hearth.common.hal.Relay;
import hearth.common.hal.Switch;
import hearth.common.hal.Thermometer;
import hearth.common.hal.Wiring;
import hearth.common.value.Celsius;
import hearth.common.value.Pin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * A board that is a folder: {@code w1/28-…/} for the kernel's sensors, {@code gpio/<bcm>} with the electrical level
 * {@code 0} or {@code 1} of each pin, {@code gpio.log} with a line for each change of an output. The simulator, or a
 * person with an editor, changes the sensor and reads the outputs while the node runs as an ordinary process.
 */
public final class MockHal implements Hal {

    private static final String FIRST_SENSOR = "28-000000000001";
    private static final Celsius INITIAL_TEMPERATURE = Celsius.of(20);

    private final Path folder;
    private final InstantSource clock;
    private final Instant begin;

    /** If the folder is empty or missing, the first request for a sensor creates one at 20.0 °C. */
    public MockHal(Path folder, InstantSource clock) {
        this.folder = folder;
        this.clock = clock;
        this.begin = clock.instant();
    }

    @Override
    public Thermometer thermometer(String address, Function<Path, Thermometer> driver) {
        Path devices = folder.resolve("w1");
        if (!Files.exists(devices)) {
            replace(
                    devices.resolve(address.isEmpty() ? FIRST_SENSOR : address).resolve("w1_slave"),
                    W1SlaveFile.content(INITIAL_TEMPERATURE));
        }
        return driver.apply(devices);
    }

    @Override
    public Relay relay(Pin pin) {
        return new MockRelay(level(pin), folder.resolve("gpio.log"), pin, clock, begin);
    }

    @Override
    public Switch input(Pin pin) {
        if (!Files.exists(level(pin))) {
            replace(level(pin), pin.activeLow() ? "1\n" : "0\n");
        }
        return () -> {
            String level = Files.readString(level(pin)).strip();
            if (!level.equals("0") && !level.equals("1")) {
                throw new IOException(level(pin) + ": expected 0 or 1, found '" + level + "'");
            }
            return level.equals("1") != pin.activeLow();
        };
    }

    @Override
    public List<Problem> problems(Wiring wiring) {
        return Files.exists(folder) && !Files.isDirectory(folder)
                ? List.of(new Problem(
                        Severity.FATAL, folder + " is not a folder: --mock requires a folder or the name of a new one"))
                : List.of();
    }

    @Override
    public OptionalDouble processorTemperatureC() {
        return ProcessorTemperature.read();
    }

    private static void replace(Path file, String content) {
        try {
            AtomicFile.replace(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path level(Pin pin) {
        return folder.resolve("gpio").resolve(Integer.toString(pin.number()));
    }
}
