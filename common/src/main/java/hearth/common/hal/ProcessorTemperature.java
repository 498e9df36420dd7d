package hearth.common.hal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;

/** Reads the kernel's file with the processor's temperature in thousandths of a degree. */
public final class ProcessorTemperature {

    private static final Path FILE = Path.of("/sys/class/thermal/thermal_zone0/temp");

    private ProcessorTemperature() {}

    /** In °C, with one decimal; empty if this machine has no such file. */
    public static OptionalDouble read() {
        try {
            return OptionalDouble.of(
                    Math.round(Double.parseDouble(Files.readString(FILE).strip()) / 100) / 10.0);
        } catch (IOException | NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }
}
