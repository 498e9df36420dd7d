package hearth.thermostat;

import static hearth.thermostat.Thermostats.coolingOnly;
import static hearth.thermostat.Thermostats.mode;
import static hearth.thermostat.Thermostats.preset;
import static hearth.thermostat.Thermostats.quick;
import static hearth.thermostat.Thermostats.received;
import static hearth.thermostat.Thermostats.sensed;
import static hearth.thermostat.Thermostats.settings;
import static hearth.thermostat.Thermostats.story;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Stories of a room that is kept at its temperature: when it heats, when it cools, and what forbids either. */
class RegulationTest {

    @Test
    void atEighteenItHeatsUntilTwenty() {
        var story = story(quick());

        story.every("2s", "1s", "1m", sensed(18.0625));
        story.every("2s", "1m1s", "2m", sensed(18.0));
        story.every("2s", "2m1s", "3m", sensed(19.9375));
        story.every("2s", "3m1s", "4m", sensed(20.0));

        assertThat(story.switchings()).isEqualTo("heat off@0s cool off@0s heat on@1m1s heat off@3m1s");
    }

    @Test
    void atTwentyTwoItCoolsUntilTwenty() {
        var story = story(quick());

        story.every("2s", "1s", "1m", sensed(21.9375));
        story.every("2s", "1m1s", "2m", sensed(22.0));
        story.every("2s", "2m1s", "3m", sensed(20.0625));
        story.every("2s", "3m1s", "4m", sensed(20.0));

        assertThat(story.switchings()).isEqualTo("heat off@0s cool off@0s cool on@1m1s cool off@3m1s");
    }

    @Test
    void inBetweenItCarriesOnWithWhatItDoes() {
        var story = story(quick());

        story.every("2s", "1s", "1h", sensed(18.5));

        assertThat(story.switchings()).isEqualTo("heat off@0s cool off@0s");
    }

    @Test
    void eachSideHasItsOwnBand() {
        var story = story(quick("airco.heat-below = 1.0", "airco.cool-above = 3.0"));

        story.every("2s", "1s", "1m", sensed(22.9375));
        assertThat(story.isOn("cool")).isFalse();
        story.every("2s", "1m1s", "2m", sensed(23));
        assertThat(story.isOn("cool")).isTrue();
        story.every("2s", "2m1s", "3m", sensed(19.0625));
        assertThat(story.isOn("heat")).isFalse();
        story.every("2s", "3m1s", "4m", sensed(19));
        assertThat(story.isOn("heat")).isTrue();
    }

    @Test
    void awayAsksLess() {
        var story = story(quick());

        story.at("0s", preset(Preset.AWAY));
        story.every("2s", "1s", "1m", sensed(14.0625));
        assertThat(story.isOn("heat")).isFalse();
        story.every("2s", "1m1s", "2m", sensed(14));
        assertThat(story.isOn("heat")).isTrue();
        story.every("2s", "2m1s", "3m", sensed(16));
        assertThat(story.isOn("heat")).isFalse();
        story.every("2s", "3m1s", "4m", sensed(25.9375));
        assertThat(story.isOn("cool")).isFalse();
        story.every("2s", "4m1s", "5m", sensed(26));
        assertThat(story.isOn("cool")).isTrue();
    }

    @Test
    void inModeHeatNothingCoolsAndInModeCoolNothingHeats() {
        var story = story(quick());

        story.at("0s", mode(Mode.HEAT)).every("2s", "1s", "1m", sensed(25));
        assertThat(story.isOn("cool")).isFalse();

        story.at("1m", mode(Mode.COOL)).every("2s", "1m1s", "2m", sensed(25));
        assertThat(story.isOn("cool")).isTrue();
        story.every("2s", "2m1s", "3m", sensed(15));

        assertThat(story.switchings()).isEqualTo("heat off@0s cool off@0s cool on@1m cool off@2m1s");
    }

    @Test
    void modeOffIsOffAtOnceAndBeatsTheShortestRun() {
        var story = story(settings());

        story.every("2s", "0s", "5m2s", sensed(17)).at("5m3s", mode(Mode.OFF));

        assertThat(story.switchings()).endsWith("heat on@5m heat off@5m3s");
        assertThat(story.latest(ClimateTopics.ACTION)).isEqualTo(Action.OFF);
    }

    @Test
    void aboveTheAbsoluteMaximumNothingHeats() {
        var story = story(quick("airco.sources = a, b", "airco.combine = first"));

        for (int second = 1; second < 60; second += 2) {
            story.at(second + "s", received("a", 17));
            story.at(second + "s", received("b", second < 30 ? 18 : 36));
        }

        assertThat(story.switchings()).isEqualTo("heat off@0s cool off@0s heat on@5s heat off@31s");
        assertThat(story.latest(Reason.TOPIC).code()).isEqualTo("absolute-max");
    }

    @Test
    void belowTheAbsoluteMinimumNothingCools() {
        var story = story(quick("airco.target = 5.0", "airco.cool-above = 1.0", "airco.frost = off"));

        story.every("2s", "0s", "1m", sensed(10));
        assertThat(story.isOn("cool")).isFalse();

        story.every("2s", "1m1s", "2m", sensed(10.5));
        assertThat(story.isOn("cool")).isTrue();
    }

    @Test
    void frostIsKeptOutEvenWhenSwitchedOff() {
        var story = story(quick());

        story.at("0s", mode(Mode.OFF));
        story.every("2s", "1s", "1m", sensed(7));
        story.every("2s", "1m1s", "2m", sensed(7.9375));
        story.every("2s", "2m1s", "3m", sensed(8));

        assertThat(story.switchings()).isEqualTo("heat off@0s cool off@0s heat on@3s heat off@2m1s");
    }

    @Test
    void switchedOffItHeatsFromTheFrostOnAndNotFromAKelvinAbove() {
        var story = story(quick());

        story.at("0s", mode(Mode.OFF)).every("2s", "1s", "1m", sensed(7.0625));

        assertThat(story.switchings()).isEqualTo("heat off@0s cool off@0s");
    }

    @Test
    void frostProtectionCanBeSwitchedOff() {
        var story = story(quick("airco.frost = off"));

        story.at("0s", mode(Mode.OFF)).every("2s", "1s", "1m", sensed(2));

        assertThat(story.switchings()).isEqualTo("heat off@0s cool off@0s");
    }

    @Test
    void aCoolerAloneKnowsNoFrost() {
        var story = story(coolingOnly(
                "airco.target = 5.0",
                "airco.cool-above = 1.0",
                "airco.absolute-min = 0",
                "airco.frost = 12",
                "airco.cool.min-off = 0s",
                "airco.dead-time = 1s"));

        story.every("2s", "0s", "1m", sensed(11));

        assertThat(story.switchings()).isEqualTo("cool off@0s cool on@2s");
    }

    @Test
    void frostComesBeforeCooling() {
        var story = story(quick("airco.target = 5.0", "airco.absolute-min = 0", "airco.frost = 12"));

        story.every("2s", "0s", "1m", sensed(14));
        assertThat(story.isOn("cool")).isTrue();
        story.every("2s", "1m1s", "2m", sensed(12));

        assertThat(story.switchings()).endsWith("cool off@1m1s heat on@1m2s");
    }
}
