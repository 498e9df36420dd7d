package hearth.thermostat;

import static hearth.thermostat.LoneAirco.COOL;
import static hearth.thermostat.LoneAirco.HEAT;
import static hearth.thermostat.LoneAirco.POLL;
import static hearth.thermostat.LoneAirco.STALE;
import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.fault.Fault;
import hearth.common.hal.mock.W1Slave;
import hearth.common.store.Links;
import hearth.common.value.Celsius;
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
 * What a DS18B20, its wire and the kernel do to a house that heats, from the kernel's file to the relay's pin. In each
 * case: off in time, the fault told once, and back by itself.
 */
class SensorFaultsTest {

    private static final Duration AWHILE = Duration.ofMinutes(10);
    private static final Duration HEALED = Duration.ofSeconds(15);
    private static final String OTHER = "28-0416b27a4cee";

    @TempDir
    Path folder;

    private interface Injury {
        void inflict(LoneAirco airco) throws IOException;
    }

    @AfterEach
    void noLinkIsLeft() throws IOException {
        Links.deleteBelow(folder);
    }

    @ParameterizedTest(name = "[{index}]")
    @ValueSource(strings = {"", "\n"})
    @Fault("A1")
    void anEmptyFileIsNoTemperature(String content) throws IOException {
        stopsItAndHeals("sensor-no-data", STALE, airco -> airco.sensorSays(content));
    }

    @Test
    @Fault("A1")
    void anEmptyTemperatureIsNoneEither() throws IOException {
        stopsItAndHeals("sensor-no-data", STALE, airco -> temperature(airco, ""));
    }

    @Test
    @Fault("A2")
    void aFailedChecksumIsNotBelieved() throws IOException {
        stopsItAndHeals(
                "sensor-checksum",
                STALE,
                airco -> airco.sensorSays(
                        "10 01 4b 46 7f ff 10 10 48 : crc=49 NO\n10 01 4b 46 7f ff 10 10 48 t=17000\n"));
    }

    @Test
    @Fault("A3")
    void aShortedWireIsNoFrost() throws IOException {
        stopsItAndHeals(
                "sensor-short", STALE, airco -> airco.sensorSays(scratchpad("00 00 00 00 00 00 00 00 00", "00", 0)));
    }

    @Test
    @Fault("A3")
    void aShortedWireDoesNotHeatAWarmRoom() {
        LoneAirco airco = new LoneAirco(folder);
        airco.roomIs(20);
        airco.start().pass(AWHILE);

        airco.sensorSays(scratchpad("00 00 00 00 00 00 00 00 00", "00", 0));
        airco.pass(AWHILE);

        assertThat(airco.switchings()).containsExactly("0.000 17 0", "0.000 27 0");
        assertThat(airco.faults()).containsExactly("none", "sensor-short");
    }

    @Test
    @Fault("A4")
    void allOnesAreNotBelieved() throws IOException {
        stopsItAndHeals(
                "sensor-checksum",
                STALE,
                airco ->
                        airco.sensorSays("ff ff ff ff ff ff ff ff ff : crc=c9 NO\nff ff ff ff ff ff ff ff ff t=-62\n"));
    }

    @Test
    @Fault("A4")
    void oneStepBelowZeroIsATemperatureLikeAnyOther() {
        LoneAirco airco = new LoneAirco(folder).heating();

        airco.sensorSays(scratchpad("ff ff 4b 46 7f ff 01 10 9a", "9a", -62));
        airco.pass(Duration.ofMinutes(5));

        assertThat(airco.says("temperature")).isEqualTo("-0.06");
        assertThat(airco.level(HEAT)).isEqualTo("1");
        assertThat(airco.faults()).containsExactly("none");
    }

    @Test
    @Fault("A5")
    void theEightyFiveDegreesAfterPowerOnAreNoTemperature() throws IOException {
        stopsItAndHeals(
                "sensor-power-on-reset",
                STALE,
                airco -> airco.sensorSays(scratchpad("50 05 4b 46 7f ff 0c 10 1c", "1c", 85_000)));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(ints = {1, 2})
    @Fault("A5")
    void onceOrTwiceAfterAResetItIsOnlyReadAgain(int times) {
        LoneAirco airco = new LoneAirco(folder).heating();

        airco.sensorSays(scratchpad("50 05 4b 46 7f ff 0c 10 1c", "1c", 85_000));
        airco.pass(POLL.multipliedBy(times));
        airco.roomIs(17);
        airco.pass(AWHILE);

        assertThat(airco.level(HEAT)).isEqualTo("1");
        assertThat(airco.switchings()).hasSize(3);
        assertThat(airco.faults()).containsExactly("none");
    }

    @Test
    @Fault("A6")
    void trueEightyFiveDegreesAreNoRoom() throws IOException {
        stopsItAndHeals(
                "sensor-implausible",
                Duration.ZERO,
                airco -> airco.sensorSays(scratchpad("50 05 4b 46 7f ff 10 10 bd", "bd", 85_000)));
    }

    @Test
    @Fault("A7")
    void tooLittlePowerIsNoTemperature() throws IOException {
        stopsItAndHeals(
                "sensor-power",
                STALE,
                airco -> airco.sensorSays(scratchpad("ff 07 4b 46 7f ff 0c 10 a6", "a6", 127_937)));
    }

    @ParameterizedTest(name = "{0} m°C")
    @ValueSource(ints = {-109_900, -55_001, 125_001, 200_000, 341_000})
    @Fault("A8")
    void whatNoSensorCanMeasureIsNoTemperature(int millidegrees) throws IOException {
        stopsItAndHeals("sensor-range", STALE, airco -> temperature(airco, millidegrees + "\n"));
    }

    @ParameterizedTest(name = "{0} m°C")
    @ValueSource(ints = {-54_000, -31_000, 61_000, 124_000})
    @Fault("A8")
    void whatNoRoomCanHaveSwitchesOffAtOnce(int millidegrees) throws IOException {
        stopsItAndHeals("sensor-implausible", Duration.ZERO, airco -> temperature(airco, millidegrees + "\n"));
    }

    @ParameterizedTest(name = "{0} °C")
    @CsvSource({"12, 17", "27, 27"})
    @Fault("A9")
    void aLoneOutlierSwitchesNothingOnUntilTheNextAgrees(double outlier, int pin) {
        LoneAirco airco = new LoneAirco(folder);
        airco.roomIs(20);
        airco.start().pass(AWHILE);

        airco.roomIs(outlier);
        airco.pass(POLL);
        airco.roomIs(20);
        airco.pass(AWHILE);
        assertThat(airco.switchings()).containsExactly("0.000 17 0", "0.000 27 0");
        assertThat(airco.faults()).containsExactly("none");

        airco.roomIs(outlier);
        airco.pass(POLL.multipliedBy(2));
        assertThat(airco.level(pin)).isEqualTo("1");
    }

    @Test
    @Fault("A9")
    void anOutlierThatAsksForOffIsBelievedAtOnce() {
        LoneAirco airco = new LoneAirco(folder).heating();

        airco.roomIs(24);
        airco.pass(POLL);
        assertThat(airco.level(HEAT)).isEqualTo("0");

        airco.roomIs(17);
        airco.pass(HEALED);
        assertThat(airco.level(HEAT)).isEqualTo("1");
        assertThat(airco.level(COOL)).isEqualTo("0");
        assertThat(airco.faults()).containsExactly("none");
    }

    @Test
    @Fault("A10")
    void aSensorThatFeelsNothingAnyMoreIsToldUntilItDoes() {
        LoneAirco airco = new LoneAirco(folder);
        airco.roomIs(22);
        airco.start().pass(Duration.ofHours(6).plusMinutes(10));
        assertThat(airco.faults()).containsExactly("none");

        airco.pass(Duration.ofMinutes(1));
        assertThat(airco.faults()).containsExactly("none", "sensor-stuck");
        assertThat(airco.level(COOL)).as("it only warns").isEqualTo("1");

        airco.roomIs(22.0625);
        airco.pass(POLL);
        assertThat(airco.faults()).containsExactly("none", "sensor-stuck", "none");
    }

    @Test
    @Fault("A11")
    void aSensorThatVanishesForTwoMinutesIsTakenUpAgain() {
        LoneAirco airco = new LoneAirco(folder).heating();

        LoneAirco.delete(airco.sensor());
        airco.pass(STALE);
        assertThat(airco.level(HEAT)).isEqualTo("0");

        airco.pass(Duration.ofMinutes(2).minus(STALE));
        airco.roomIs(17);
        airco.pass(HEALED);
        assertThat(airco.level(HEAT)).isEqualTo("1");
        assertThat(airco.faults()).containsExactly("none", "sensor-missing", "none");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"0.75S", "10S"})
    @Fault("A12")
    void aReadThatTakesItsTimeIsWaitedFor(String time) {
        LoneAirco airco = new LoneAirco(folder).heating();

        airco.sensorHangs(Duration.parse("PT" + time));
        airco.pass(AWHILE);

        assertThat(airco.switchings()).hasSize(3);
        assertThat(airco.faults()).containsExactly("none");
    }

    @Test
    @Fault("A12")
    void aReadThatDoesNotReturnStopsTheHeatingAndNothingElse() {
        LoneAirco airco = new LoneAirco(folder).heating();

        airco.sensorHangs(Duration.ofHours(1));
        airco.pass(STALE);
        assertThat(airco.level(HEAT)).isEqualTo("0");
        assertThat(airco.faults()).containsExactly("none", "sensor-silent");

        airco.say("target/set", "21.0");
        airco.say("mode/set", "heat");
        assertThat(airco.says("target")).isEqualTo("21.0");
        assertThat(airco.says("mode")).isEqualTo("heat");
        assertThat(airco.says("status")).isEqualTo("online");

        airco.pass(Duration.ofHours(1));
        assertThat(airco.level(HEAT)).isEqualTo("1");
        assertThat(airco.faults()).containsExactly("none", "sensor-silent", "none");
    }

    @ParameterizedTest(name = "{0} K an hour")
    @ValueSource(doubles = {0, -2})
    @Fault("A13")
    void heatingInVainRestsAndGivesUpAtTheThirdTime(double kelvinAnHour) {
        LoneAirco airco = new LoneAirco(folder).heating();

        for (int minute = 1; minute <= 180; minute++) {
            airco.roomIs(17 + kelvinAnHour * minute / 60);
            airco.pass(Duration.ofMinutes(1));
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
        airco.pass(Duration.ofHours(24));
        assertThat(airco.level(HEAT)).isEqualTo("0");

        airco.say("reset/set", "PRESS");
        airco.pass(HEALED);
        assertThat(airco.level(HEAT)).isEqualTo("1");
        assertThat(airco.faults()).endsWith("no-response-latched", "none");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"/proc/self/mem", "/proc/sys/vm/drop_caches"}) // EIO, and EACCES even for root.
    @Fault("A14")
    void aReadErrorIsNoTemperature(String file) throws IOException {
        stopsItAndHeals("sensor-unreadable", STALE, airco -> {
            Files.delete(airco.sensor().resolve("w1_slave"));
            Files.createSymbolicLink(airco.sensor().resolve("w1_slave"), Path.of(file));
        });
    }

    @Test
    @Fault("A14")
    void aFolderInPlaceOfTheFileIsNoTemperature() throws IOException {
        stopsItAndHeals("sensor-unreadable", STALE, airco -> {
            Files.delete(airco.sensor().resolve("w1_slave"));
            Files.createDirectory(airco.sensor().resolve("w1_slave"));
        });
    }

    @Test
    @Fault("A14")
    void aSensorWithoutItsDriverIsNoTemperature() throws IOException {
        stopsItAndHeals(
                "sensor-missing", STALE, airco -> Files.delete(airco.sensor().resolve("w1_slave")));
    }

    @Test
    @Fault("A15")
    void betweenTwoSensorsItDoesNotGuess() throws IOException {
        stopsItAndHeals("sensor-ambiguous", STALE, airco -> secondSensor(airco, 18));
    }

    @Test
    @Fault("A15")
    void theSensorTheOwnerNamedIsReadAndNoOther() throws IOException {
        LoneAirco airco = new LoneAirco(folder);
        airco.roomIs(20);
        secondSensor(airco, 17);
        airco.start("sensor.address = " + OTHER).pass(AWHILE);
        assertThat(airco.level(HEAT)).isEqualTo("1");
        assertThat(airco.says("temperature")).isEqualTo("17.00");

        LoneAirco.delete(airco.devices().resolve(OTHER));
        airco.pass(STALE.plus(POLL));
        assertThat(airco.level(HEAT)).isEqualTo("0");
        assertThat(airco.faults()).containsExactly("none", "sensor-missing");

        secondSensor(airco, 17);
        airco.pass(HEALED);
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
        stopsItAndHeals("sensor-garbled", STALE, airco -> airco.sensorSays(content));
    }

    @Test
    @Fault("A16")
    void aMegabyteIsNoTemperature() throws IOException {
        stopsItAndHeals(
                "sensor-garbled",
                STALE,
                airco -> airco.sensorSays(W1Slave.content(Celsius.of(17)) + " ".repeat(1 << 20)));
    }

    @Test
    @Fault("A17")
    void withoutASensorItIsThereAndHeatsOnceOneIsPluggedIn() throws IOException {
        LoneAirco airco = new LoneAirco(folder);
        Files.createDirectories(airco.devices());
        airco.start().pass(AWHILE);
        assertThat(airco.says("status")).isEqualTo("online");
        assertThat(airco.switchings()).containsExactly("0.000 17 0", "0.000 27 0");
        assertThat(airco.faults()).containsExactly("none", "sensor-missing");

        airco.roomIs(17);
        airco.pass(HEALED);
        assertThat(airco.level(HEAT)).isEqualTo("1");
        assertThat(airco.faults()).containsExactly("none", "sensor-missing", "none");
    }

    /** @param within beside the poll that finds it */
    private void stopsItAndHeals(String code, Duration within, Injury injury) throws IOException {
        LoneAirco airco = new LoneAirco(folder).heating();

        injury.inflict(airco);
        airco.pass(within.plus(POLL));
        assertThat(airco.level(HEAT)).as("off in time").isEqualTo("0");
        assertThat(airco.faults()).containsExactly("none", code);

        airco.pass(AWHILE);
        assertThat(airco.switchings()).as("and stays off").hasSize(4);
        assertThat(airco.faults()).as("told once").containsExactly("none", code);

        airco.unplugSensors();
        airco.roomIs(17);
        airco.pass(HEALED);
        assertThat(airco.level(HEAT)).as("back by itself").isEqualTo("1");
        assertThat(airco.faults()).containsExactly("none", code, "none");
    }

    /** A kernel that shows no scratchpad. */
    private static void temperature(LoneAirco airco, String content) throws IOException {
        Files.delete(airco.sensor().resolve("w1_slave"));
        Files.writeString(airco.sensor().resolve("temperature"), content);
    }

    private static void secondSensor(LoneAirco airco, double degrees) throws IOException {
        Files.createDirectories(airco.devices().resolve(OTHER));
        Files.writeString(airco.devices().resolve(OTHER).resolve("w1_slave"), W1Slave.content(Celsius.of(degrees)));
    }

    private static String scratchpad(String bytes, String crc, int millidegrees) {
        return bytes + " : crc=" + crc + " YES\n" + bytes + " t=" + millidegrees + "\n";
    }
}
