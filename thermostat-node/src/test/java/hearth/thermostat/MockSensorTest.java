package hearth.thermostat;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.hal.Thermometer;
import hearth.common.hal.Wiring;
import hearth.common.hal.mock.AtomicFile;
import hearth.common.hal.mock.MockHal;
import hearth.common.hal.mock.W1SlaveFile;
import hearth.common.value.Celsius;
import hearth.common.value.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The DS18B20 driver on the folder of {@link MockHal}. */
final class MockSensorTest {

    @TempDir
    Path folder;

    private final Instant now = Instant.parse("2030-01-01T00:00:00Z");

    @Test
    void anEmptyFolderIsFilledWithASensorAtTwentyDegrees() throws IOException {
        Thermometer thermometer = thermometer("");

        assertThat(thermometer.read()).isEqualTo(new Reading.Measured(Celsius.of(20)));
        assertThat(filesIn("w1")).hasSize(1).allMatch(file -> file.matches("28-[0-9a-f]{12}/w1_slave"));
    }

    @Test
    void aMissingFolderIsCreatedAtFirstUse() {
        Path missing = folder.resolve("a/new/one");
        MockHal hal = new MockHal(missing, () -> now);
        assertThat(hal.problems(Wiring.NONE)).isEmpty();
        assertThat(missing).doesNotExist();

        Reading reading =
                hal.thermometer("", devices -> new W1Thermometer(devices, "")).read();

        assertThat(reading).isEqualTo(new Reading.Measured(Celsius.of(20)));
    }

    @Test
    void theSensorWithTheAddressInTheSettingsIsCreated() throws IOException {
        Thermometer thermometer = thermometer("28-0316a2793bff");

        assertThat(thermometer.read()).isEqualTo(new Reading.Measured(Celsius.of(20)));
        assertThat(filesIn("w1")).containsExactly("28-0316a2793bff/w1_slave");
    }

    @Test
    void anExistingSensorIsNotChanged() throws IOException {
        AtomicFile.replace(folder.resolve("w1/28-0316a2793bff/temperature"), "17500\n");

        Thermometer thermometer = thermometer("");

        assertThat(thermometer.read()).isEqualTo(new Reading.Measured(Celsius.of(17.5)));
        assertThat(filesIn("w1")).containsExactly("28-0316a2793bff/temperature");
    }

    @Test
    void aTemperatureWrittenIntoTheSensorFileIsMeasured() throws IOException {
        Thermometer thermometer = thermometer("28-000000000001");

        AtomicFile.replace(folder.resolve("w1/28-000000000001/w1_slave"), W1SlaveFile.content(Celsius.of(18)));

        assertThat(thermometer.read()).isEqualTo(new Reading.Measured(Celsius.of(18)));
    }

    private Thermometer thermometer(String address) {
        return new MockHal(folder, () -> now).thermometer(address, devices -> new W1Thermometer(devices, address));
    }

    private List<String> filesIn(String name) throws IOException {
        Path in = folder.resolve(name);
        try (Stream<Path> files = Files.walk(in)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> in.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }
}
