package hearth.car;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hearth.common.runtime.NodeSettings;
import hearth.common.settings.BadSettings;
import hearth.common.settings.Settings;
import hearth.common.value.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CarSettingsTest {

    private static final Path SAMPLE = Path.of("src/main/package/etc/hearth/car.conf");

    @Test
    void onlyHomeIsRequired() throws BadSettings {
        CarSettings settings = read("car.home = 52.3731, 4.8926");

        assertThat(settings)
                .isEqualTo(new CarSettings(
                        new Position(52.3731, 4.8926),
                        2_500,
                        1_500,
                        Duration.ofMinutes(10),
                        50,
                        Optional.empty(),
                        9_600,
                        "localhost",
                        2947,
                        Optional.empty(),
                        false));
    }

    @Test
    void unitsAreOptional() throws BadSettings {
        CarSettings settings = read("""
                car.home = -33.9,18.4
                car.arm-beyond = 10 km
                car.fire-within = 0.5 km
                car.worst-fix = 20 m
                car.lead = 90s
                """);

        assertThat(settings.home()).isEqualTo(new Position(-33.9, 18.4));
        assertThat(settings.armBeyondM()).isEqualTo(10_000);
        assertThat(settings.fireWithinM()).isEqualTo(500);
        assertThat(settings.worstFixM()).isEqualTo(20);
        assertThat(settings.lead()).isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void aPhoneMayBeTheReceiver() throws BadSettings {
        CarSettings settings = read("car.home = 52.3731, 4.8926\ncar.owntracks = owntracks/anna/phone");

        assertThat(settings.ownTracks()).contains("owntracks/anna/phone");
        assertThat(settings.fixTimeout()).isEqualTo(Duration.ofMinutes(6));
    }

    @Test
    void twoReceiversAreAConflict() {
        assertThatThrownBy(() -> read("""
                        car.home = 52.3731, 4.8926
                        car.serial = /dev/serial0
                        car.owntracks = owntracks/anna/phone
                        """)).hasMessageContaining("car.serial is set too: remove one of them");
        assertThatThrownBy(() -> read("car.home = 52.3731, 4.8926\ncar.owntracks = owntracks/+/phone"))
                .hasMessageContaining("expected none, or a topic such as owntracks/anna/phone");
    }

    @Test
    void aReceiverMayBeOnASerialLine() throws BadSettings {
        CarSettings settings = read("""
                car.home = -33.9,18.4
                car.serial = /dev/serial0
                car.serial-baud = 115200
                """);

        assertThat(settings.serial()).hasValue(Path.of("/dev/serial0"));
        assertThat(settings.baud()).isEqualTo(115_200);
        assertThat(problems("car.home = 1, 1\ncar.serial = COM3\ncar.serial-baud = 300"))
                .containsExactly(
                        "car.conf:2: car.serial = COM3: expected none, or a device such as /dev/serial0",
                        "car.conf:3: car.serial-baud = 300: must be from 4800 to 115200");
    }

    @Test
    void withoutAHomeTheMissingSettingIsNamed() {
        assertThat(problems(""))
                .containsExactly(
                        "car.conf: car.home: must be set: position of home; the node does not publish it (latitude, longitude in degrees)");
    }

    @Test
    void anImpossibleHomeIsRejected() {
        assertThat(problems("car.home = 52.3731")).singleElement().asString().contains("such as 52.37310, 4.89260");
        assertThat(problems("car.home = 52,3731, 4,8926"))
                .singleElement()
                .asString()
                .contains("such as");
        assertThat(problems("car.home = 91.0, 4.0"))
                .singleElement()
                .asString()
                .contains("expected latitude from -90 to 90, longitude from -180 to 180 degrees");
        assertThat(problems("car.home = 52.0, 181.0"))
                .singleElement()
                .asString()
                .contains("expected latitude from -90 to 90, longitude from -180 to 180 degrees");
        assertThat(problems("car.home = 0.0, 0.0")).singleElement().asString().contains("must not be 0, 0");
    }

    @Test
    void theOuterCircleMustBeLargerThanTheInner() {
        assertThat(problems("car.home = 52.0, 4.0\ncar.fire-within = 2.5"))
                .singleElement()
                .asString()
                .contains("car.arm-beyond = 2.5: must be more than car.fire-within = 2.5 km");
    }

    @Test
    void allProblemsAreReportedAtOnce() {
        assertThat(problems("""
                        car.home = here
                        car.lead = soon
                        gpsd.port = 0
                        gpsd.hots = pi
                        car.worst-fix = 1
                        """))
                .hasSize(5)
                .last()
                .asString()
                .startsWith("car.conf:5: car.worst-fix = 1: must be from 5.0 m to 500.0 m");
    }

    @Test
    void theSampleOnlyLacksAHome() throws IOException {
        assertThatThrownBy(() -> readAll(Files.readString(SAMPLE)))
                .isInstanceOfSatisfying(BadSettings.class, e -> assertThat(e.problems())
                        .singleElement()
                        .asString()
                        .contains("car.home = : expected latitude, longitude in degrees"));
    }

    @Test
    void theSampleWithAHomeHasTheDefaults() throws Exception {
        String filled = Files.readString(SAMPLE).replace("car.home =\n", "car.home = 52.3731, 4.8926\n");

        assertThat(readAll(filled)).isEqualTo(read("car.home = 52.3731, 4.8926"));
        assertThat(readAll(filled.replaceAll("(?m)^#([a-z.-]+ = )", "$1"))).isEqualTo(readAll(filled));
    }

    private static CarSettings read(String text) throws BadSettings {
        return Settings.of("car.conf", text).check(CarSettings::read);
    }

    private static CarSettings readAll(String text) throws BadSettings {
        return Settings.of("car.conf", text).check(settings -> {
            NodeSettings.read(settings);
            return CarSettings.read(settings);
        });
    }

    private static List<String> problems(String text) {
        try {
            throw new AssertionError("accepted as settings: " + read(text));
        } catch (BadSettings e) {
            return e.problems();
        }
    }
}
