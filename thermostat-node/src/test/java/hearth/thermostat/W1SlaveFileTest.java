package hearth.thermostat;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.hal.mock.W1SlaveFile;
import hearth.common.value.Celsius;
import hearth.common.value.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class W1SlaveFileTest {

    private static final int STEPS_PER_KELVIN = 16;

    @TempDir
    Path devices;

    /** Output of kernel 6.12 for the bytes of a real chip; the last two are from the data sheet (table 1). */
    @ParameterizedTest(name = "{0} °C")
    @CsvSource({
        "21.0, 50 01 4b 46 7f ff 10 10 49, 21000",
        "15.25, f4 00 4b 46 7f ff 0c 10 fa, 15250",
        "-0.0625, ff ff 4b 46 7f ff 01 10 9a, -62",
        "125.0, d0 07 4b 46 7f ff 10 10 55, 125000",
        "-55.0, 90 fc 4b 46 7f ff 10 10 ee, -55000"
    })
    void theFileIsExactlyThatOfTheKernel(double degrees, String bytes, int millidegrees) {
        assertThat(W1SlaveFile.content(Celsius.of(degrees)))
                .isEqualTo(bytes + " : crc=" + bytes.substring(24) + " YES\n" + bytes + " t=" + millidegrees + "\n");
    }

    @Test
    void trueEightyFiveDegreesDifferFromThoseAfterPowerOn() throws IOException {
        assertThat(readBack(Celsius.of(85))).isEqualTo(new Reading.Measured(Celsius.of(85)));
    }

    @Test
    void aTemperatureBetweenTwoStepsIsRounded() {
        assertThat(W1SlaveFile.content(Celsius.of(21.03))).endsWith(" t=21000\n");
        assertThat(W1SlaveFile.content(Celsius.of(21.04))).endsWith(" t=21062\n");
    }

    @Test
    void everyTemperatureInTheRangeIsReadBack() throws IOException {
        for (int steps = -55 * STEPS_PER_KELVIN; steps <= 125 * STEPS_PER_KELVIN; steps++) {
            Celsius temperature = Celsius.of(steps / (double) STEPS_PER_KELVIN);
            int millidegrees = steps * 1000 / STEPS_PER_KELVIN; // Towards zero, as in the kernel.

            assertThat(readBack(temperature)).isEqualTo(new Reading.Measured(Celsius.of(millidegrees / 1000.0)));
        }
    }

    private Reading readBack(Celsius temperature) throws IOException {
        Path sensor = Files.createDirectories(devices.resolve("28-000000000001"));
        Files.writeString(sensor.resolve("w1_slave"), W1SlaveFile.content(temperature));
        return new W1Thermometer(devices, "").read();
    }
}
