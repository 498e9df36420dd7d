package hearth.thermostat;

import static hearth.thermostat.ThermostatRig.COOL;
import static hearth.thermostat.ThermostatRig.HEAT;
import static hearth.thermostat.ThermostatRig.POLL;
import static hearth.thermostat.ThermostatRig.STALE;
import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.hal.mock.W1SlaveFile;
import hearth.common.value.Celsius;
import hearth.testkit.disk.SymbolicLinks;
import hearth.testkit.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Faults of a DS18B20, its wire and the kernel while a room is heated, from the kernel's file to the relay's pin. Each
 * time the output goes off in time, the fault is published once, and the node recovers by itself.
 */
class SensorFaultsTest {

    private static final Duration AWHILE = Duration.ofMinutes(10);
    private static final Duration HEALED = Duration.ofSeconds(15);
    private static final String OTHER = "28-0416b27a4cee";

    @TempDir
    Path folder;

    private interface InjectedSensorFault {
        void inject(ThermostatRig airco) throws IOException;
    }

    @AfterEach
    void noLinkIsLeft() throws IOException {
        SymbolicLinks.deleteBelow(folder);
    }

    @ParameterizedTest(name = "[{index}]")
    @ValueSource(strings = {"", "\n"})
    @Fault("A1")
    void anEmptyFileIsNoTemperature(String content) throws IOException {
        switchesOffAndRecovers("sensor-no-data", STALE, airco -> airco.setSensorFile(content));
    }

    @Test
    @Fault("A1")
    void anEmptyTemperatureIsNoneEither() throws IOException {
        switchesOffAndRecovers("sensor-no-data", STALE, airco -> temperature(airco, ""));
    }

    @Test
    @Fault("A2")
    void aFailedChecksumIsNoTemperature() throws IOException {
        switchesOffAndRecovers(
                "sensor-checksum",
                STALE,
                airco -> airco.setSensorFile(
                        "10 01 4b 46 7f ff 10 10 48 : crc=49 NO\n10 01 4b 46 7f ff 10 10 48 t=17000\n"));
    }

    @Test
    @Fault("A3")
    void aShortedWireIsNoFrost() throws IOException {
        switchesOffAndRecovers(
                "sensor-short", STALE, airco -> airco.setSensorFile(scratchpad("00 00 00 00 00 00 00 00 00", "00", 0)));
    }

    @Test
    @Fault("A3")
    void aShortedWireDoesNotHeatAWarmRoom() {
        ThermostatRig airco = new ThermostatRig(folder);
        airco.setTemperature(20);
        airco.start().advance(AWHILE);

        airco.setSensorFile(scratchpad("00 00 00 00 00 00 00 00 00", "00", 0));
        airco.advance(AWHILE);

        assertThat(airco.switchings()).containsExactly("0.000 17 0", "0.000 27 0");
        assertThat(airco.faults()).containsExactly("none", "sensor-short");
    }

    @Test
    @Fault("A4")
    void allOnesAreNoTemperature() throws IOException {
        switchesOffAndRecovers(
                "sensor-checksum",
                STALE,
                airco -> airco.setSensorFile(
                        "ff ff ff ff ff ff ff ff ff : crc=c9 NO\nff ff ff ff ff ff ff ff ff t=-62\n"));
    }

    @Test
    @Fault("A4")
    void oneStepBelowZeroIsATemperatureLikeAnyOther() {
        ThermostatRig airco = new ThermostatRig(folder).heating();

        airco.setSensorFile(scratchpad("ff ff 4b 46 7f ff 01 10 9a", "9a", -62));
        airco.advance(Duration.ofMinutes(5));

        assertThat(airco.lastPublished("temperature")).isEqualTo("-0.06");
        assertThat(airco.level(HEAT)).isEqualTo("1");
        assertThat(airco.faults()).containsExactly("none");
    }

    @Test
    @Fault("A5")
    void theEightyFiveDegreesAfterPowerOnAreNoTemperature() throws IOException {
        switchesOffAndRecovers(
                "sensor-power-on-reset",
                STALE,
                airco -> airco.setSensorFile(scratchpad("50 05 4b 46 7f ff 0c 10 1c", "1c", 85_000)));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(ints = {1, 2})
    @Fault("A5")
    void oneOrTwoReadingsAfterAResetAreNoFault(int times) {
        ThermostatRig airco = new ThermostatRig(folder).heating();

        airco.setSensorFile(scratchpad("50 05 4b 46 7f ff 0c 10 1c", "1c", 85_000));
        airco.advance(POLL.multipliedBy(times));
        airco.setTemperature(17);
        airco.advance(AWHILE);

        assertThat(airco.level(HEAT)).isEqualTo("1");
        assertThat(airco.switchings()).hasSize(3);
        assertThat(airco.faults()).containsExactly("none");
    }

    @Test
    @Fault("A6")
    void trueEightyFiveDegreesAreImplausible() throws IOException {
        switchesOffAndRecovers(
                "sensor-implausible",
                Duration.ZERO,
                airco -> airco.setSensorFile(scratchpad("50 05 4b 46 7f ff 10 10 bd", "bd", 85_000)));
    }

    @Test
    @Fault("A7")
    void tooLittlePowerIsNoTemperature() throws IOException {
        switchesOffAndRecovers(
                "sensor-power",
                STALE,
                airco -> airco.setSensorFile(scratchpad("ff 07 4b 46 7f ff 0c 10 a6", "a6", 127_937)));
    }

    @ParameterizedTest(name = "{0} m°C")
    @ValueSource(ints = {-109_900, -55_001, 125_001, 200_000, 341_000})
    @Fault("A8")
    void aValueOutsideTheRangeOfTheSensorIsNoTemperature(int millidegrees) throws IOException {
        switchesOffAndRecovers("sensor-range", STALE, airco -> temperature(airco, millidegrees + "\n"));
    }

    @ParameterizedTest(name = "{0} m°C")
    @ValueSource(ints = {-54_000, -31_000, 61_000, 124_000})
    @Fault("A8")
    void anImplausibleReadingSwitchesOffAtOnce(int millidegrees) throws IOException {
        switchesOffAndRecovers("sensor-implausible", Duration.ZERO, airco -> temperature(airco, millidegrees + "\n"));
    }

    @ParameterizedTest(name = "{0} °C")
    @CsvSource({"12, 17", "27, 27"})
    @Fault("A9")
    void aSingleOutlierSwitchesNothingOnUntilTheNextReadingAgrees(double outlier, int pin) {
        ThermostatRig airco = new ThermostatRig(folder);
        airco.setTemperature(20);
        airco.start().advance(AWHILE);

        airco.setTemperature(outlier);
        airco.advance(POLL);
        airco.setTemperature(20);
        airco.advance(AWHILE);
        assertThat(airco.switchings()).containsExactly("0.000 17 0", "0.000 27 0");
        assertThat(airco.faults()).containsExactly("none");

        airco.setTemperature(outlier);
        airco.advance(POLL.multipliedBy(2));
        assertThat(airco.level(pin)).isEqualTo("1");
    }

    @Test
    @Fault("A9")
    void anOutlierThatAsksForOffSwitchesOffAtOnce() {
        ThermostatRig airco = new ThermostatRig(folder).heating();

        airco.setTemperature(24);
        airco.advance(POLL);
        assertThat(airco.level(HEAT)).isEqualTo("0");

        airco.setTemperature(17);
        airco.advance(HEALED);
        assertThat(airco.level(HEAT)).isEqualTo("1");
        assertThat(airco.level(COOL)).isEqualTo("0");
        assertThat(airco.faults()).containsExactly("none");
    }

    @Test
    @Fault("A10")
    void aStuckSensorIsAFaultUntilItsReadingChanges() {
        ThermostatRig airco = new ThermostatRig(folder);
        airco.setTemperature(22);
        airco.start().advance(Duration.ofHours(6).plusMinutes(10));
        assertThat(airco.faults()).containsExactly("none");

        airco.advance(Duration.ofMinutes(1));
        assertThat(airco.faults()).containsExactly("none", "sensor-stuck");
        assertThat(airco.level(COOL)).as("it only warns").isEqualTo("1");

        airco.setTemperature(22.0625);
        airco.advance(POLL);
        assertThat(airco.faults()).containsExactly("none", "sensor-stuck", "none");
    }

    @Test
    @Fault("A11")
    void aSensorThatVanishesForTwoMinutesIsUsedAgain() {
        ThermostatRig airco = new ThermostatRig(folder).heating();

        ThermostatRig.delete(airco.sensor());
        airco.advance(STALE);
        assertThat(airco.level(HEAT)).isEqualTo("0");

        airco.advance(Duration.ofMinutes(2).minus(STALE));
        airco.setTemperature(17);
        airco.advance(HEALED);
        assertThat(airco.level(HEAT)).isEqualTo("1");
        assertThat(airco.faults()).containsExactly("none", "sensor-missing", "none");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"0.75S", "10S"})
    @Fault("A12")
    void aSlowReadIsAwaited(String time) {
        ThermostatRig airco = new ThermostatRig(folder).heating();

        airco.delayNextRead(Duration.parse("PT" + time));
        airco.advance(AWHILE);

        assertThat(airco.switchings()).hasSize(3);
        assertThat(airco.faults()).containsExactly("none");
    }

    @Test
    @Fault("A12")
    void aReadThatDoesNotReturnStopsHeatingAndNothingElse() {
        ThermostatRig airco = new ThermostatRig(folder).heating();

        airco.delayNextRead(Duration.ofHours(1));
        airco.advance(STALE);
        assertThat(airco.level(HEAT)).isEqualTo("0");
        assertThat(airco.faults()).containsExactly("none", "sensor-silent");

        airco.publish("target/set", "21.0");
        airco.publish("mode/set", "heat");
        assertThat(airco.lastPublished("target")).isEqualTo("21.0");
        assertThat(airco.lastPublished("mode")).isEqualTo("heat");
        assertThat(airco.lastPublished("status")).isEqualTo("online");

        airco.advance(Duration.ofHours(1));
        assertThat(airco.level(HEAT)).isEqualTo("1");
        assertThat(airco.faults()).containsExactly("none", "sensor-silent", "none");
    }

    @ParameterizedTest(name = "{0} K an hour")
    @ValueSource(doubles = {0, -2})
    @Fault("A13")
    void heatingWithoutEffectPausesAndIsLatchedAtTheThirdTime(double kelvinAnHour) {
        ThermostatRig airco = new ThermostatRig(folder).heating();

        for (int minute = 1; minute <= 180; minute++) {
            airco.setTemperature(17 + kelvinAnHour * minute / 60);
            airco.advance(Duration.ofMinutes(1));
        }

        assertThat(airco.switchings())
                .containsExactly(
                        "0.000 17 0",
                        "0.000 27 0",
                        "30.000 17 1",
                        "1830.000 17 0",
                        "3630.000 17 1",
                        "5430.000 17 0",
                        "7230.000 17 1",
                        "9030.000 17 0");
        assertThat(airco.faults())
                .containsExactly("none", "no-response", "none", "no-response", "none", "no-response-latched");
        airco.advance(Duration.ofHours(24));
        assertThat(airco.level(HEAT)).isEqualTo("0");

        airco.publish("reset/set", "PRESS");
        airco.advance(HEALED);
        assertThat(airco.level(HEAT)).isEqualTo("1");
        assertThat(airco.faults()).endsWith("no-response-latched", "none");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"/proc/self/mem", "/proc/sys/vm/drop_caches"}) // EIO, and EACCES even for root.
    @Fault("A14")
    void aReadErrorIsNoTemperature(String file) throws IOException {
        switchesOffAndRecovers("sensor-unreadable", STALE, airco -> {
            Files.delete(airco.sensor().resolve("w1_slave"));
            Files.createSymbolicLink(airco.sensor().resolve("w1_slave"), Path.of(file));
        });
    }

    @Test
    @Fault("A14")
    void aFolderInPlaceOfTheFileIsNoTemperature() throws IOException {
        switchesOffAndRecovers("sensor-unreadable", STALE, airco -> {
            Files.delete(airco.sensor().resolve("w1_slave"));
            Files.createDirectory(airco.sensor().resolve("w1_slave"));
        });
    }

    @Test
    @Fault("A14")
    void aSensorWithoutItsDriverIsNoTemperature() throws IOException {
        switchesOffAndRecovers(
                "sensor-missing", STALE, airco -> Files.delete(airco.sensor().resolve("w1_slave")));
    }

    @Test
    @Fault("A15")
    void withTwoSensorsAndNoAddressItUsesNeither() throws IOException {
        switchesOffAndRecovers("sensor-ambiguous", STALE, airco -> secondSensor(airco, 18));
    }

    @Test
    @Fault("A15")
    void theSensorWithTheAddressInTheSettingsIsReadAndNoOther() throws IOException {
        ThermostatRig airco = new ThermostatRig(folder);
        airco.setTemperature(20);
        secondSensor(airco, 17);
        airco.start("sensor.address = " + OTHER).advance(AWHILE);
        assertThat(airco.level(HEAT)).isEqualTo("1");
        assertThat(airco.lastPublished("temperature")).isEqualTo("17.00");

        ThermostatRig.delete(airco.devices().resolve(OTHER));
        airco.advance(STALE.plus(POLL));
        assertThat(airco.level(HEAT)).isEqualTo("0");
        assertThat(airco.faults()).containsExactly("none", "sensor-missing");

        secondSensor(airco, 17);
        airco.advance(HEALED);
        assertThat(airco.level(HEAT)).isEqualTo("1");
        assertThat(airco.faults()).containsExactly("none", "sensor-missing", "none");
    }

    @ParameterizedTest(name = "[{index}]")
    @ValueSource(
            strings = {
                "garbage\n",
                "\u0000\u0000\u0000\u0000",
                "50 01 4b 46 7f ff 10 10 49 : crc=49 YES\n50 01 4b 46 7f ff 10 10 49\n",
                "50 01 4b 46 7f ff 10 10 49 : crc=49 YES\n50 01 4b 46 7f ff 10 10 49 t=21.5\n",
                "50 01 4b 46 7f ff 10 10 49 : crc=49 YES\n50 01 4b 46 7f ff 10 10 49 t=99999999999\n"
            })
    @Fault("A16")
    void garbageIsNoTemperature(String content) throws IOException {
        switchesOffAndRecovers("sensor-garbled", STALE, airco -> airco.setSensorFile(content));
    }

    @Test
    @Fault("A16")
    void aMegabyteIsNoTemperature() throws IOException {
        switchesOffAndRecovers(
                "sensor-garbled",
                STALE,
                airco -> airco.setSensorFile(W1SlaveFile.content(Celsius.of(17)) + " ".repeat(1 << 20)));
    }

    @Test
    @Fault("A17")
    void withoutASensorItRunsAndHeatsOnceOneIsPluggedIn() throws IOException {
        ThermostatRig airco = new ThermostatRig(folder);
        Files.createDirectories(airco.devices());
        airco.start().advance(AWHILE);
        assertThat(airco.lastPublished("status")).isEqualTo("online");
        assertThat(airco.switchings()).containsExactly("0.000 17 0", "0.000 27 0");
        assertThat(airco.faults()).containsExactly("none", "sensor-missing");

        airco.setTemperature(17);
        airco.advance(HEALED);
        assertThat(airco.level(HEAT)).isEqualTo("1");
        assertThat(airco.faults()).containsExactly("none", "sensor-missing", "none");
    }

    /** @param within the time in addition to one polling period */
    private void switchesOffAndRecovers(String code, Duration within, InjectedSensorFault injury) throws IOException {
        ThermostatRig airco = new ThermostatRig(folder).heating();

        injury.inject(airco);
        airco.advance(within.plus(POLL));
        assertThat(airco.level(HEAT)).as("off in time").isEqualTo("0");
        assertThat(airco.faults()).containsExactly("none", code);

        airco.advance(AWHILE);
        assertThat(airco.switchings()).as("and stays off").hasSize(4);
        assertThat(airco.faults()).as("published once").containsExactly("none", code);

        airco.unplugSensors();
        airco.setTemperature(17);
        airco.advance(HEALED);
        assertThat(airco.level(HEAT)).as("back by itself").isEqualTo("1");
        assertThat(airco.faults()).containsExactly("none", code, "none");
    }

    /** A kernel without {@code w1_slave}. */
    private static void temperature(ThermostatRig airco, String content) throws IOException {
        Files.delete(airco.sensor().resolve("w1_slave"));
        Files.writeString(airco.sensor().resolve("temperature"), content);
    }

    private static void secondSensor(ThermostatRig airco, double degrees) throws IOException {
        Files.createDirectories(airco.devices().resolve(OTHER));
        Files.writeString(airco.devices().resolve(OTHER).resolve("w1_slave"), W1SlaveFile.content(Celsius.of(degrees)));
    }

    private static String scratchpad(String bytes, String crc, int millidegrees) {
        return bytes + " : crc=" + crc + " YES\n" + bytes + " t=" + millidegrees + "\n";
    }
}
