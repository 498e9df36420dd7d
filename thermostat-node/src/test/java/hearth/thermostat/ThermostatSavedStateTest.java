package hearth.thermostat;

import static hearth.thermostat.Thermostats.heatingOnly;
import static hearth.thermostat.Thermostats.mode;
import static hearth.thermostat.Thermostats.preset;
import static hearth.thermostat.Thermostats.quick;
import static hearth.thermostat.Thermostats.reported;
import static hearth.thermostat.Thermostats.reset;
import static hearth.thermostat.Thermostats.scenario;
import static hearth.thermostat.Thermostats.sensed;
import static hearth.thermostat.Thermostats.target;
import static hearth.thermostat.Thermostats.withLostState;
import static hearth.thermostat.Thermostats.withSavedState;
import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.core.EffectReport;
import hearth.common.message.CommonTopics;
import hearth.common.message.Result;
import hearth.common.value.Celsius;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Saved state of an airco after power cuts, and the faults of the storage. */
class ThermostatSavedStateTest {

    @Test
    void theTargetAndModeSurviveAPowerCut() {
        var before = scenario(quick());
        before.at("1s", target("a", 21.5)).at("2s", mode(Mode.HEAT));

        var after = scenario(quick(), withSavedState(before.savedState()));

        assertThat(after.latest(ClimateTopics.TARGET)).isEqualTo(Celsius.of(21.5));
        assertThat(after.latest(ClimateTopics.MODE)).isEqualTo(Mode.HEAT);
    }

    @Test
    void awaySurvivesAPowerCut() {
        var before = scenario(quick());
        before.at("1s", preset(Preset.AWAY));

        var after = scenario(quick(), withSavedState(before.savedState()));

        assertThat(after.latest(ClimateTopics.PRESET)).isEqualTo(Preset.AWAY);
    }

    @Test
    void aCommandRepeatedAfterAPowerCutDoesNotAct() {
        var before = scenario(quick());
        before.at("1s", target("a", 21)).at("2s", target("b", 22));

        var after = scenario(quick(), withSavedState(before.savedState()));
        after.at("1s", target("a", 21));

        assertThat(after.latest(ClimateTopics.TARGET)).isEqualTo(Celsius.of(22));
        assertThat(after.announced(Result.TOPIC)).isEmpty();
    }

    @Test
    void aTargetThatNoCommandChangedFollowsTheSettings() {
        var before = scenario(quick("airco.target = 19.0"));
        before.at("1s", mode(Mode.HEAT));

        var after = scenario(quick("airco.target = 20.5"), withSavedState(before.savedState()));

        assertThat(after.latest(ClimateTopics.TARGET)).isEqualTo(Celsius.of(20.5));
    }

    @Test
    void aValueEqualToTheSettingsIsNotSaved() {
        var scenario = scenario(heatingOnly());
        scenario.at("1s", mode(Mode.OFF)).at("2s", mode(Mode.HEAT)).at("3s", preset(Preset.AWAY));
        assertThat(scenario.savedState()).containsOnlyKeys("preset");

        scenario.at("4s", preset(Preset.HOME));
        assertThat(scenario.savedState()).isEmpty();

        var withACooler = scenario(quick(), withSavedState(scenario.savedState()));
        assertThat(withACooler.latest(ClimateTopics.MODE)).isEqualTo(Mode.HEAT_COOL);
    }

    @Test
    void aSavedModeWithoutItsRelayIsIgnored() {
        for (String mode : new String[] {"cool", "heat_cool"}) {
            var scenario = scenario(heatingOnly(), withSavedState(Map.of("mode", mode)));

            assertThat(scenario.latest(ClimateTopics.MODE)).as(mode).isEqualTo(Mode.HEAT);
        }
        var off = scenario(heatingOnly(), withSavedState(Map.of("mode", "off")));
        assertThat(off.latest(ClimateTopics.MODE)).isEqualTo(Mode.OFF);
    }

    @Test
    void invalidEntriesAreReplacedByTheSettings() {
        var scenario = scenario(
                quick("airco.target = 19.5"),
                withSavedState(Map.of("target", "warm", "mode", "boost", "preset", "eco", "latched", "1")));

        assertThat(scenario.latest(ClimateTopics.TARGET)).isEqualTo(Celsius.of(19.5));
        assertThat(scenario.latest(ClimateTopics.MODE)).isEqualTo(Mode.HEAT_COOL);
        assertThat(scenario.latest(ClimateTopics.PRESET)).isEqualTo(Preset.HOME);
        assertThat(scenario.latest(CommonTopics.FAULT)).isEqualTo("none");
    }

    @Test
    void stateThatCannotBeSavedIsAFaultUntilItCan() {
        var scenario = scenario(quick()).disk(false);
        scenario.every("2s", "0s", "10s", sensed(20));

        scenario.at("11s", target(21)).at("12s", reported(new EffectReport.StorageFailed("disk full")));
        assertThat(scenario.latest(CommonTopics.FAULT)).isEqualTo("storage");
        assertThat(scenario.latest(ClimateTopics.TARGET)).as("kept in memory").isEqualTo(Celsius.of(21));

        scenario.at("13s", reported(new EffectReport.StateSaved(Map.of())));
        assertThat(scenario.latest(CommonTopics.FAULT)).isEqualTo("none");
    }

    @Test
    void damagedSavedStateIsAFault() {
        var scenario = scenario(quick(), withLostState());

        assertThat(scenario.latest(CommonTopics.FAULT)).isEqualTo("state-lost");
        assertThat(scenario.latest(ClimateTopics.TARGET)).isEqualTo(Celsius.of(20));
    }

    @Test
    void aResetClearsLostState() {
        var scenario = scenario(quick(), withLostState());

        scenario.at("1s", reset());

        assertThat(scenario.published(CommonTopics.FAULT)).containsExactly("state-lost", "none");
    }
}
