package hearth.thermostat;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.hal.Thermometer;
import hearth.common.value.Celsius;
import hearth.common.value.Reading;
import hearth.testkit.disk.SymbolicLinks;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of a DS18B20, sound and faulty, exactly as kernels 6.1 and 6.12 wrote them. */
final class W1ThermometerTest {

    private static final String ADDRESS = "28-0316a2793bff";
    private static final String OTHER = "28-0416b27a4cee";

    private static final String AT_21 = "50 01 4b 46 7f ff 10 10 49 : crc=49 YES\n50 01 4b 46 7f ff 10 10 49 t=21000\n";

    @TempDir
    Path devices;

    @AfterEach
    void noLinkIsLeft() throws IOException {
        SymbolicLinks.deleteBelow(devices);
    }

    @Test
    void aHealthySensorIsReadFromItsScratchpad() throws IOException {
        write(ADDRESS, "w1_slave", AT_21);

        assertThat(read()).isEqualTo(measured(21.0));
    }

    @Test
    void aHealthySensorIsReadFromItsTemperatureWhereThereIsNoScratchpad() throws IOException {
        write(ADDRESS, "temperature", "21000\n");

        assertThat(read()).isEqualTo(measured(21.0));
    }

    @Test
    void theScratchpadIsPreferredToTheTemperature() throws IOException {
        write(ADDRESS, "w1_slave", both("00 00 00 00 00 00 00 00 00", "00", 0));
        write(ADDRESS, "temperature", "0\n");

        assertThat(code()).isEqualTo("sensor-short");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"w1_slave", "temperature"})
    void anEmptyFileIsNoData(String file) throws IOException {
        write(ADDRESS, file, "");
        assertThat(code()).isEqualTo("sensor-no-data");

        write(ADDRESS, file, "\n");
        assertThat(code()).isEqualTo("sensor-no-data");
    }

    @Test
    void aFailedChecksumIsAFaultWhateverTheSecondLineContains() throws IOException {
        write(ADDRESS, "w1_slave", "50 01 4b 46 7f ff 10 10 48 : crc=49 NO\n50 01 4b 46 7f ff 10 10 49 t=21000\n");

        assertThat(code()).isEqualTo("sensor-checksum");
    }

    @Test
    void allOnesAreAFailedChecksum() throws IOException {
        write(ADDRESS, "w1_slave", "ff ff ff ff ff ff ff ff ff : crc=c9 NO\nff ff ff ff ff ff ff ff ff t=-62\n");

        assertThat(code()).isEqualTo("sensor-checksum");
    }

    @Test
    void oneStepBelowZeroIsATemperatureLikeAnyOther() throws IOException {
        write(ADDRESS, "w1_slave", both("ff ff 4b 46 7f ff 01 10 9a", "9a", -62));

        assertThat(read()).isEqualTo(measured(-0.062));
    }

    @Test
    void aWireShortedToGroundIsNotFrost() throws IOException {
        write(ADDRESS, "w1_slave", both("00 00 00 00 00 00 00 00 00", "00", 0));

        assertThat(code()).isEqualTo("sensor-short");
    }

    @Test
    void trueFrostIsNotAShortedWire() throws IOException {
        write(ADDRESS, "w1_slave", both("00 00 4b 46 7f ff 10 10 69", "69", 0));

        assertThat(read()).isEqualTo(measured(0.0));
    }

    @Test
    void theEightyFiveDegreesAfterPowerOnAreNoTemperature() throws IOException {
        write(ADDRESS, "w1_slave", both("50 05 4b 46 7f ff 0c 10 1c", "1c", 85000));

        assertThat(code()).isEqualTo("sensor-power-on-reset");
    }

    @Test
    void trueEightyFiveDegreesAreATemperature() throws IOException {
        write(ADDRESS, "w1_slave", both("50 05 4b 46 7f ff 10 10 bd", "bd", 85000));

        assertThat(read()).isEqualTo(measured(85.0));
    }

    @Test
    void theReservedByteAfterPowerOnAloneMeansNothing() throws IOException {
        write(ADDRESS, "w1_slave", both("f4 00 4b 46 7f ff 0c 10 fa", "fa", 15250));

        assertThat(read()).isEqualTo(measured(15.25));
    }

    @Test
    void tooLittlePowerHasItsOwnFault() throws IOException {
        write(ADDRESS, "w1_slave", both("ff 07 4b 46 7f ff 0c 10 a6", "a6", 127937));

        assertThat(code()).isEqualTo("sensor-power");
    }

    @ParameterizedTest(name = "{0} m°C")
    @ValueSource(strings = {"-109900", "-55001", "125001", "127937", "200000", "341000"})
    void aValueOutsideTheRangeOfADs18b20IsAFault(String millidegrees) throws IOException {
        write(ADDRESS, "temperature", millidegrees + "\n");
        assertThat(code()).isEqualTo("sensor-range");

        write(ADDRESS, "w1_slave", both("50 01 4b 46 7f ff 10 10 49", "49", Integer.parseInt(millidegrees)));
        assertThat(code()).isEqualTo("sensor-range");
    }

    @ParameterizedTest(name = "{0} m°C is {1} °C")
    @CsvSource({"-55000, -55.0", "-62, -0.062", "0, 0.0", "85000, 85.0", "125000, 125.0"})
    void aValueInTheRangeOfADs18b20IsRead(String millidegrees, double degrees) throws IOException {
        write(ADDRESS, "temperature", millidegrees + "\n");

        assertThat(read()).isEqualTo(measured(degrees));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"21.5", "99999999999", "-", "+21000", "0x52", "2 1", "NaN", "21000 °C", "t=21000", "٢١٠٠٠"})
    void aTemperatureThatIsNoWholeNumberOfMillidegreesIsGarbled(String text) throws IOException {
        write(ADDRESS, "temperature", text + "\n");

        assertThat(code()).isEqualTo("sensor-garbled");
    }

    @ParameterizedTest(name = "[{index}]")
    @ValueSource(
            strings = {
                "hello\n",
                "\u0000\u0000\u0000\u0000",
                "21000\n",
                // Cut off anywhere.
                "50 01 4b 46 7f ff 10",
                "50 01 4b 46 7f ff 10 10 49 : crc=49 YES",
                "50 01 4b 46 7f ff 10 10 49 : crc=49 YES\n",
                "50 01 4b 46 7f ff 10 10 49 : crc=49 YES\n50 01 4b 46 7f ff 10 10 49 ",
                "50 01 4b 46 7f ff 10 10 49 : crc=49 YES\n50 01 4b 46 7f ff 10 10 49 t=",
                // No valid number.
                "50 01 4b 46 7f ff 10 10 49 : crc=49 YES\n50 01 4b 46 7f ff 10 10 49 t=21.5\n",
                "50 01 4b 46 7f ff 10 10 49 : crc=49 YES\n50 01 4b 46 7f ff 10 10 49 t=99999999999\n",
                // Two lines of two readings.
                "50 01 4b 46 7f ff 10 10 49 : crc=49 YES\n60 01 4b 46 7f ff 10 10 b5 t=22000\n",
                // Neither YES nor NO.
                "50 01 4b 46 7f ff 10 10 49 : crc=49 MAYBE\n50 01 4b 46 7f ff 10 10 49 t=21000\n",
                // Eight bytes, ten bytes.
                "50 01 4b 46 7f ff 10 49 : crc=49 YES\n50 01 4b 46 7f ff 10 49 t=21000\n",
                "50 01 4b 46 7f ff 10 10 10 49 : crc=49 YES\n50 01 4b 46 7f ff 10 10 10 49 t=21000\n",
                // More than two lines.
                "50 01 4b 46 7f ff 10 10 49 : crc=49 YES\n50 01 4b 46 7f ff 10 10 49 t=21000\nand more\n"
            })
    void anInvalidScratchpadIsNoTemperature(String content) throws IOException {
        write(ADDRESS, "w1_slave", content);

        assertThat(code()).isIn("sensor-garbled", "sensor-no-data");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"w1_slave", "temperature"})
    void aFileOfAMegabyteIsNoTemperature(String file) throws IOException {
        write(ADDRESS, file, "garbage ".repeat(128 * 1024));
        assertThat(code()).isEqualTo("sensor-garbled");

        write(ADDRESS, file, (file.equals("w1_slave") ? AT_21 : "21000\n") + " ".repeat(1024 * 1024));
        assertThat(code()).isEqualTo("sensor-garbled");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"w1_slave", "temperature"})
    void aReadErrorHasItsCauseInTheDetail(String file) throws IOException {
        Path folder = Files.createDirectory(devices.resolve(ADDRESS));
        Files.createSymbolicLink(folder.resolve(file), Path.of("/proc/self/mem")); // Its first page gives EIO.

        assertThat(failed().code()).isEqualTo("sensor-unreadable");
        assertThat(failed().detail()).contains("Input/output error");
    }

    @Test
    void aMissingPermissionHasItsCauseInTheDetail() throws IOException {
        Path folder = Files.createDirectory(devices.resolve(ADDRESS));
        Path writeOnly = Path.of("/proc/sys/vm/drop_caches"); // Write-only, even for root.
        Files.createSymbolicLink(folder.resolve("w1_slave"), writeOnly);

        assertThat(failed().code()).isEqualTo("sensor-unreadable");
        assertThat(failed().detail()).contains("AccessDenied");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"w1_slave", "temperature"})
    void aFolderInPlaceOfTheFileHasItsCauseInTheDetail(String file) throws IOException {
        Files.createDirectories(devices.resolve(ADDRESS).resolve(file));

        assertThat(failed().code()).isEqualTo("sensor-unreadable");
        assertThat(failed().detail()).contains("directory");
    }

    @Test
    void aSensorWithoutItsDriverIsMissing() throws IOException {
        Files.createDirectory(devices.resolve(ADDRESS));

        assertThat(failed().code()).isEqualTo("sensor-missing");
        assertThat(failed().detail()).contains("temperature");
    }

    @Test
    void aMissingSensorOrBusIsAFaultUntilItIsPluggedIn() throws IOException {
        Thermometer unplugged = new W1Thermometer(devices.resolve("w1"), "");
        assertThat(unplugged.read()).isInstanceOfSatisfying(Reading.Failed.class, failed -> assertThat(failed.code())
                .isEqualTo("sensor-missing"));
        assertThat(code()).isEqualTo("sensor-missing");

        write("w1/" + ADDRESS, "w1_slave", AT_21);
        assertThat(unplugged.read()).isEqualTo(measured(21.0));
    }

    @Test
    void aSensorThatVanishesAndReturnsIsReadAgain() throws IOException {
        write(ADDRESS, "w1_slave", AT_21);
        Thermometer thermometer = new W1Thermometer(devices, ADDRESS);
        assertThat(thermometer.read()).isEqualTo(measured(21.0));

        Files.delete(devices.resolve(ADDRESS).resolve("w1_slave"));
        Files.delete(devices.resolve(ADDRESS));
        assertThat(thermometer.read()).isInstanceOfSatisfying(Reading.Failed.class, failed -> {
            assertThat(failed.code()).isEqualTo("sensor-missing");
            assertThat(failed.detail()).contains(ADDRESS);
        });

        write(ADDRESS, "w1_slave", AT_21);
        assertThat(thermometer.read()).isEqualTo(measured(21.0));
    }

    @Test
    void withTwoSensorsAndNoAddressItUsesNeither() throws IOException {
        write(ADDRESS, "w1_slave", AT_21);
        write(OTHER, "temperature", "22000\n");

        assertThat(failed().code()).isEqualTo("sensor-ambiguous");
        assertThat(failed().detail()).contains(ADDRESS).contains(OTHER).contains("sensor.address");
    }

    @Test
    void theAddressInTheSettingsSelectsOneOfSeveral() throws IOException {
        write(ADDRESS, "w1_slave", AT_21);
        write(OTHER, "temperature", "22000\n");

        assertThat(new W1Thermometer(devices, OTHER).read()).isEqualTo(measured(22.0));
    }

    @Test
    void aSensorWithAnotherAddressIsNotUsed() throws IOException {
        write(OTHER, "temperature", "22000\n");

        assertThat(new W1Thermometer(devices, ADDRESS).read()).isInstanceOfSatisfying(Reading.Failed.class, failed -> {
            assertThat(failed.code()).isEqualTo("sensor-missing");
            assertThat(failed.detail()).contains(ADDRESS);
        });
    }

    @Test
    void otherChipsOnTheBusAreIgnored() throws IOException {
        write(ADDRESS, "w1_slave", AT_21);
        Files.createDirectories(devices.resolve("w1_bus_master1"));
        Files.createDirectories(devices.resolve("10-000802b4a1c3"));

        assertThat(read()).isEqualTo(measured(21.0));
    }

    @Test
    @Timeout(30)
    void aSensorThatNeverAnswersBlocksOnlyItsOwnReader() throws Exception {
        write(OTHER, "temperature", "22000\n");
        Path hanging = Files.createDirectory(devices.resolve(ADDRESS)).resolve("w1_slave");
        assertThat(new ProcessBuilder("mkfifo", hanging.toString()).start().waitFor())
                .isZero();

        CompletableFuture<Reading> waiting =
                CompletableFuture.supplyAsync(() -> new W1Thermometer(devices, ADDRESS).read());
        try (OutputStream kernel = Files.newOutputStream(hanging)) { // Opens once the reader has opened it.
            assertThat(new W1Thermometer(devices, OTHER).read()).isEqualTo(measured(22.0));
            assertThat(waiting).isNotDone();

            kernel.write(AT_21.getBytes(StandardCharsets.US_ASCII));
        }

        assertThat(waiting.get(20, TimeUnit.SECONDS)).isEqualTo(measured(21.0));
    }

    private Reading read() {
        return new W1Thermometer(devices, "").read();
    }

    private Reading.Failed failed() {
        Reading reading = read();
        assertThat(reading).isInstanceOf(Reading.Failed.class);
        return (Reading.Failed) reading;
    }

    private String code() {
        return failed().code();
    }

    private static Reading measured(double degrees) {
        return new Reading.Measured(Celsius.of(degrees));
    }

    private static String both(String bytes, String crc, int millidegrees) {
        return bytes + " : crc=" + crc + " YES\n" + bytes + " t=" + millidegrees + "\n";
    }

    private void write(String sensor, String file, String content) throws IOException {
        Path folder = Files.createDirectories(devices.resolve(sensor));
        Files.writeString(folder.resolve(file), content);
    }
}
