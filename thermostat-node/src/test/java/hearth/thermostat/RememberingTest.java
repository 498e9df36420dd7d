package hearth.thermostat;

import static hearth.thermostat.Thermostats.forgetful;
import static hearth.thermostat.Thermostats.heatingOnly;
import static hearth.thermostat.Thermostats.mode;
import static hearth.thermostat.Thermostats.preset;
import static hearth.thermostat.Thermostats.quick;
import static hearth.thermostat.Thermostats.remembering;
import static hearth.thermostat.Thermostats.reset;
import static hearth.thermostat.Thermostats.sensed;
import static hearth.thermostat.Thermostats.story;
import static hearth.thermostat.Thermostats.target;
import static hearth.thermostat.Thermostats.told;
import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.core.Report;
import hearth.common.message.Common;
import hearth.common.message.Result;
import hearth.common.value.Celsius;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Stories of power cuts: what an airco still knows after one, and what it says when its memory fails. */
class RememberingTest {

    @Test
    void theTargetAndModeSurviveAPowerCut() {
        var before = story(quick());
        before.at("1s", target("a", 21.5)).at("2s", mode(Mode.HEAT));

        var after = story(quick(), remembering(before.remembered()));

        assertThat(after.says(AircoTopics.TARGET)).isEqualTo(Celsius.of(21.5));
        assertThat(after.says(AircoTopics.MODE)).isEqualTo(Mode.HEAT);
    }

    @Test
    void awaySurvivesAPowerCut() {
        var before = story(quick());
        before.at("1s", preset(Preset.AWAY));

        var after = story(quick(), remembering(before.remembered()));

        assertThat(after.says(AircoTopics.PRESET)).isEqualTo(Preset.AWAY);
    }

    @Test
    void aCommandRepeatedAfterAPowerCutDoesNotAct() {
        var before = story(quick());
        before.at("1s", target("a", 21)).at("2s", target("b", 22));

        var after = story(quick(), remembering(before.remembered()));
        after.at("1s", target("a", 21));

        assertThat(after.says(AircoTopics.TARGET)).isEqualTo(Celsius.of(22));
        assertThat(after.announced(Result.TOPIC)).isEmpty();
    }

    @Test
    void aTargetNobodySetFollowsTheSettings() {
        var before = story(quick("airco.target = 19.0"));
        before.at("1s", mode(Mode.HEAT));

        var after = story(quick("airco.target = 20.5"), remembering(before.remembered()));

        assertThat(after.says(AircoTopics.TARGET)).isEqualTo(Celsius.of(20.5));
    }

    @Test
    void whatIsAsTheSettingsSayIsNotWrittenDown() {
        var story = story(heatingOnly());
        story.at("1s", mode(Mode.OFF)).at("2s", mode(Mode.HEAT)).at("3s", preset(Preset.AWAY));
        assertThat(story.remembered()).containsOnlyKeys("preset");

        story.at("4s", preset(Preset.HOME));
        assertThat(story.remembered()).isEmpty();

        var withACooler = story(quick(), remembering(story.remembered()));
        assertThat(withACooler.says(AircoTopics.MODE)).isEqualTo(Mode.HEAT_COOL);
    }

    @Test
    void aModeForARelayThatWasTakenAwayIsForgotten() {
        for (String mode : new String[] {"cool", "heat_cool"}) {
            var story = story(heatingOnly(), remembering(Map.of("mode", mode)));

            assertThat(story.says(AircoTopics.MODE)).as(mode).isEqualTo(Mode.HEAT);
        }
        var off = story(heatingOnly(), remembering(Map.of("mode", "off")));
        assertThat(off.says(AircoTopics.MODE)).isEqualTo(Mode.OFF);
    }

    @Test
    void notesThatMakeNoSenseGiveWayToTheSettings() {
        var story = story(
                quick("airco.target = 19.5"),
                remembering(Map.of("target", "warm", "mode", "boost", "preset", "eco", "latched", "1")));

        assertThat(story.says(AircoTopics.TARGET)).isEqualTo(Celsius.of(19.5));
        assertThat(story.says(AircoTopics.MODE)).isEqualTo(Mode.HEAT_COOL);
        assertThat(story.says(AircoTopics.PRESET)).isEqualTo(Preset.HOME);
        assertThat(story.says(Common.FAULT)).isEqualTo("none");
    }

    @Test
    void aMemoryThatCannotBeWrittenIsAFaultUntilItCan() {
        var story = story(quick()).disk(false);
        story.every("2s", "0s", "10s", sensed(20));

        story.at("11s", target(21)).at("12s", told(new Report.StorageFailed("disk full")));
        assertThat(story.says(Common.FAULT)).isEqualTo("storage");
        assertThat(story.says(AircoTopics.TARGET)).as("kept in memory").isEqualTo(Celsius.of(21));

        story.at("13s", told(new Report.OnDisk(Map.of())));
        assertThat(story.says(Common.FAULT)).isEqualTo("none");
    }

    @Test
    void aMemoryThatWasTornIsTold() {
        var story = story(quick(), forgetful());

        assertThat(story.says(Common.FAULT)).isEqualTo("state-lost");
        assertThat(story.says(AircoTopics.TARGET)).isEqualTo(Celsius.of(20));
    }

    @Test
    void theOwnerWhoHasSeenAMemoryLostIsTakenAtHisWord() {
        var story = story(quick(), forgetful());

        story.at("1s", reset());

        assertThat(story.said(Common.FAULT)).containsExactly("state-lost", "none");
    }
}
