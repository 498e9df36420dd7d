package hearth.thermostat;

import static hearth.thermostat.Thermostats.heatingOnly;
import static hearth.thermostat.Thermostats.mode;
import static hearth.thermostat.Thermostats.preset;
import static hearth.thermostat.Thermostats.quick;
import static hearth.thermostat.Thermostats.reported;
import static hearth.thermostat.Thermostats.reset;
import static hearth.thermostat.Thermostats.sensed;
import static hearth.thermostat.Thermostats.story;
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

/** Stories of power cuts: what an airco still knows after one, and what it says when its memory fails. */
class ThermostatSavedStateTest {

    @Test
    void theTargetAndModeSurviveAPowerCut() {
        var before = story(quick());
        before.at("1s", target("a", 21.5)).at("2s", mode(Mode.HEAT));

        var after = story(quick(), withSavedState(before.savedState()));

        assertThat(after.latest(ClimateTopics.TARGET)).isEqualTo(Celsius.of(21.5));
        assertThat(after.latest(ClimateTopics.MODE)).isEqualTo(Mode.HEAT);
    }

    @Test
    void awaySurvivesAPowerCut() {
        var before = story(quick());
        before.at("1s", preset(Preset.AWAY));

        var after = story(quick(), withSavedState(before.savedState()));

        assertThat(after.latest(ClimateTopics.PRESET)).isEqualTo(Preset.AWAY);
    }

    @Test
    void aCommandRepeatedAfterAPowerCutDoesNotAct() {
        var before = story(quick());
        before.at("1s", target("a", 21)).at("2s", target("b", 22));

        var after = story(quick(), withSavedState(before.savedState()));
        after.at("1s", target("a", 21));

        assertThat(after.latest(ClimateTopics.TARGET)).isEqualTo(Celsius.of(22));
        assertThat(after.announced(Result.TOPIC)).isEmpty();
    }

    @Test
    void aTargetNobodySetFollowsTheSettings() {
        var before = story(quick("airco.target = 19.0"));
        before.at("1s", mode(Mode.HEAT));

        var after = story(quick("airco.target = 20.5"), withSavedState(before.savedState()));

        assertThat(after.latest(ClimateTopics.TARGET)).isEqualTo(Celsius.of(20.5));
    }

    @Test
    void whatIsAsTheSettingsSayIsNotWrittenDown() {
        var story = story(heatingOnly());
        story.at("1s", mode(Mode.OFF)).at("2s", mode(Mode.HEAT)).at("3s", preset(Preset.AWAY));
        assertThat(story.savedState()).containsOnlyKeys("preset");

        story.at("4s", preset(Preset.HOME));
        assertThat(story.savedState()).isEmpty();

        var withACooler = story(quick(), withSavedState(story.savedState()));
        assertThat(withACooler.latest(ClimateTopics.MODE)).isEqualTo(Mode.HEAT_COOL);
    }

    @Test
    void aModeForARelayThatWasTakenAwayIsForgotten() {
        for (String mode : new String[] {"cool", "heat_cool"}) {
            var story = story(heatingOnly(), withSavedState(Map.of("mode", mode)));

            assertThat(story.latest(ClimateTopics.MODE)).as(mode).isEqualTo(Mode.HEAT);
        }
        var off = story(heatingOnly(), withSavedState(Map.of("mode", "off")));
        assertThat(off.latest(ClimateTopics.MODE)).isEqualTo(Mode.OFF);
    }

    @Test
    void notesThatMakeNoSenseGiveWayToTheSettings() {
        var story = story(
                quick("airco.target = 19.5"),
                withSavedState(Map.of("target", "warm", "mode", "boost", "preset", "eco", "latched", "1")));

        assertThat(story.latest(ClimateTopics.TARGET)).isEqualTo(Celsius.of(19.5));
        assertThat(story.latest(ClimateTopics.MODE)).isEqualTo(Mode.HEAT_COOL);
        assertThat(story.latest(ClimateTopics.PRESET)).isEqualTo(Preset.HOME);
        assertThat(story.latest(CommonTopics.FAULT)).isEqualTo("none");
    }

    @Test
    void aMemoryThatCannotBeWrittenIsAFaultUntilItCan() {
        var story = story(quick()).disk(false);
        story.every("2s", "0s", "10s", sensed(20));

        story.at("11s", target(21)).at("12s", reported(new EffectReport.StorageFailed("disk full")));
        assertThat(story.latest(CommonTopics.FAULT)).isEqualTo("storage");
        assertThat(story.latest(ClimateTopics.TARGET)).as("kept in memory").isEqualTo(Celsius.of(21));

        story.at("13s", reported(new EffectReport.StateSaved(Map.of())));
        assertThat(story.latest(CommonTopics.FAULT)).isEqualTo("none");
    }

    @Test
    void aMemoryThatWasTornIsTold() {
        var story = story(quick(), withLostState());

        assertThat(story.latest(CommonTopics.FAULT)).isEqualTo("state-lost");
        assertThat(story.latest(ClimateTopics.TARGET)).isEqualTo(Celsius.of(20));
    }

    @Test
    void theOwnerWhoHasSeenAMemoryLostIsTakenAtHisWord() {
        var story = story(quick(), withLostState());

        story.at("1s", reset());

        assertThat(story.published(CommonTopics.FAULT)).containsExactly("state-lost", "none");
    }
}
