package hearth.thermostat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hearth.common.settings.BadSettings;
import hearth.common.settings.Settings;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Settings of a thermostat, and conflicts between them. */
class ThermostatSettingsTest {

    @Test
    void withoutARelayItIsASensor() throws BadSettings {
        ThermostatSettings settings = read("");

        assertThat(settings.hasSensor()).isTrue();
        assertThat(settings.hasRelay()).isFalse();
    }

    @Test
    void withARelayItIsAnAircoWithItsOwnSensor() throws BadSettings {
        ThermostatSettings settings = read("airco.heat.gpio = 17");

        assertThat(settings.hasSensor()).isTrue();
        assertThat(settings.hasRelay()).isTrue();
        assertThat(settings.climate().widestMode()).isEqualTo(Mode.HEAT);
    }

    @Test
    void withSourcesOfOtherNodesItReadsNoSensorOfItsOwn() throws BadSettings {
        ThermostatSettings settings = read("airco.cool.gpio = 17\nairco.sources = bedroom, kitchen");

        assertThat(settings.hasSensor()).isFalse();
        assertThat(settings.climate().widestMode()).isEqualTo(Mode.COOL);
        assertThat(settings.climate().sources()).containsExactly("bedroom", "kitchen");
    }

    @Test
    void allConflictsAreReported() {
        assertThatThrownBy(() -> read("""
                        airco.heat.gpio = 17
                        airco.cool.gpio = 17
                        airco.heat.min-on = 1h
                        airco.heat.max-on = 30m
                        sensor.every = 20s
                        sensor.plausible-min = 70
                        airco.sources = local, local
                        airco.target = 20.2
                        airco.frost = 2
                        """))
                .isInstanceOf(BadSettings.class)
                .hasMessageContaining("test.conf:2: airco.cool.gpio = 17: is already used by airco.heat.gpio")
                .hasMessageContaining("airco.heat.max-on = 30m: is shorter than airco.heat.min-on")
                .hasMessageContaining("sensor.every = 20s: must be at most half of sensor.stale-after")
                .hasMessageContaining("sensor.plausible-min = 70: must be below sensor.plausible-max")
                .hasMessageContaining("airco.sources = local, local: has the same source twice")
                .hasMessageContaining("airco.target = 20.2: must be in steps of 0.5 °C")
                .hasMessageContaining("airco.frost = 2: must be from 3.0 °C to 12.0 °C");
    }

    @Test
    void settingsAtTheirLimitsAreAccepted() throws BadSettings {
        ThermostatSettings settings = read("""
                airco.heat.gpio = 17
                airco.heat.min-on = 30m
                airco.heat.max-on = 30m
                sensor.every = 15s
                sensor.stale-after = 30s
                """);

        assertThat(settings.climate().relays().get(HeatOrCool.HEAT).minOn()).isEqualTo(Duration.ofMinutes(30));
        assertThat(settings.sensor().every()).isEqualTo(Duration.ofSeconds(15));
    }

    @Test
    void thePinOfTheSensorIsNotAvailable() {
        assertThatThrownBy(() -> read("airco.heat.gpio = 4")).hasMessageContaining("is the pin of the 1-Wire bus");
    }

    private static ThermostatSettings read(String text) throws BadSettings {
        return Settings.of("test.conf", text).check(ThermostatSettings::read);
    }
}
