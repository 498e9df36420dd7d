package hearth.coffee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hearth.common.settings.BadSettings;
import hearth.common.settings.Settings;
import java.time.Duration;
import java.time.LocalTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The settings of a coffee machine, and their errors. */
class CoffeeSettingsTest {

    @Test
    void onlyTheRelayIsRequired() {
        CoffeeSettings settings = BrewerTest.settings();

        assertThat(settings.machine().number()).isEqualTo(22);
        assertThat(settings.perDay()).isEqualTo(6);
        assertThat(settings.car()).isEqualTo("car");
        assertThat(settings.quietHours().areSet()).isFalse();
    }

    @Test
    void allConflictsAreReported() {
        assertThatThrownBy(() -> read("""
                        coffee.gpio = 22
                        coffee.cup.gpio = 22
                        coffee.water.gpio = 4
                        coffee.brew-time = 12m
                        coffee.lock-out = 30s
                        """))
                .isInstanceOf(BadSettings.class)
                .hasMessageContaining("coffee.cup.gpio = 22: is already used by coffee.gpio")
                .hasMessageContaining("coffee.water.gpio = 4: is the pin of the 1-Wire bus")
                .hasMessageContaining("coffee.max-on = 15m: must be at least")
                .hasMessageContaining("coffee.lock-out = 30s: must be from 2m to 12h");
    }

    @Test
    void aBrewAndKeepWarmMayTakeExactlyTheMaximumTime() {
        assertThat(BrewerTest.settings("coffee.brew-time = 10m", "coffee.keep-warm = 5m")
                        .relayOnTime())
                .isEqualTo(Duration.ofMinutes(15));
    }

    @Test
    void aButtonMachineKeepsWarmByItself() {
        assertThat(BrewerTest.settings("coffee.kind = button", "coffee.brew-time = 20m")
                        .relayOnTime())
                .isEqualTo(Duration.ofSeconds(1));
    }

    /** Settings that were read are within the limit; this is a second protection. */
    @Test
    void theRelayIsNeverOnLongerThanTheMaximumTime() {
        CoffeeSettings usual = BrewerTest.settings();
        CoffeeSettings impossible = new CoffeeSettings(
                usual.machine(),
                usual.kind(),
                usual.brewTime(),
                Duration.ofHours(3),
                usual.pulse(),
                usual.maxOn(),
                usual.lockOut(),
                usual.perDay(),
                usual.quietHours(),
                usual.car(),
                usual.cup(),
                usual.water());

        assertThat(impossible.relayOnTime()).isEqualTo(usual.maxOn());
    }

    @Test
    void aMissingRelayIsReported() {
        assertThatThrownBy(() -> read("")).hasMessageContaining("the machine's relay requires a pin");
    }

    @ParameterizedTest
    @CsvSource({
        "22:00-06:30, 22:00, true",
        "22:00-06:30, 06:29, true",
        "22:00-06:30, 06:30, false",
        "22:00-06:30, 21:59, false",
        "13:00-15:00, 14:00, true",
        "13:00-15:00, 15:00, false",
        "13:00-15:00, 03:00, false",
    })
    void quietHoursMayGoOverMidnight(String hours, LocalTime time, boolean quiet) {
        assertThat(QuietHours.parse(hours).contains(time)).isEqualTo(quiet);
    }

    @ParameterizedTest
    @CsvSource({"22:00", "22-6", "25:00-06:00", "late-early", "22:00-06:00-08:00"})
    void invalidQuietHoursAreRejected(String hours) {
        assertThatThrownBy(() -> read("coffee.gpio = 22\ncoffee.quiet-hours = " + hours))
                .hasMessageContaining("two times of day such as 22:00-06:30");
    }

    private static CoffeeSettings read(String text) throws BadSettings {
        return Settings.of("coffee.conf", text).check(CoffeeSettings::read);
    }
}
