package hearth.thermostat;

import static hearth.thermostat.Thermostats.coolingOnly;
import static hearth.thermostat.Thermostats.mode;
import static hearth.thermostat.Thermostats.preset;
import static hearth.thermostat.Thermostats.quick;
import static hearth.thermostat.Thermostats.received;
import static hearth.thermostat.Thermostats.scenario;
import static hearth.thermostat.Thermostats.sensed;
import static hearth.thermostat.Thermostats.settings;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When an airco heats, when it cools, and when neither is allowed. */
class RegulationTest {

    @Test
    void atEighteenItHeatsUntilTwenty() {
        var scenario = scenario(quick());

        scenario.every("2s", "1s", "1m", sensed(18.0625));
        scenario.every("2s", "1m1s", "2m", sensed(18.0));
        scenario.every("2s", "2m1s", "3m", sensed(19.9375));
        scenario.every("2s", "3m1s", "4m", sensed(20.0));

        assertThat(scenario.switchings()).isEqualTo("heat off@0s cool off@0s heat on@1m1s heat off@3m1s");
    }

    @Test
    void atTwentyTwoItCoolsUntilTwenty() {
        var scenario = scenario(quick());

        scenario.every("2s", "1s", "1m", sensed(21.9375));
        scenario.every("2s", "1m1s", "2m", sensed(22.0));
        scenario.every("2s", "2m1s", "3m", sensed(20.0625));
        scenario.every("2s", "3m1s", "4m", sensed(20.0));

        assertThat(scenario.switchings()).isEqualTo("heat off@0s cool off@0s cool on@1m1s cool off@3m1s");
    }

    @Test
    void withinTheBandNothingStarts() {
        var scenario = scenario(quick());

        scenario.every("2s", "1s", "1h", sensed(18.5));

        assertThat(scenario.switchings()).isEqualTo("heat off@0s cool off@0s");
    }

    @Test
    void eachOutputHasItsOwnBand() {
        var scenario = scenario(quick("airco.heat-below = 1.0", "airco.cool-above = 3.0"));

        scenario.every("2s", "1s", "1m", sensed(22.9375));
        assertThat(scenario.isOn("cool")).isFalse();
        scenario.every("2s", "1m1s", "2m", sensed(23));
        assertThat(scenario.isOn("cool")).isTrue();
        scenario.every("2s", "2m1s", "3m", sensed(19.0625));
        assertThat(scenario.isOn("heat")).isFalse();
        scenario.every("2s", "3m1s", "4m", sensed(19));
        assertThat(scenario.isOn("heat")).isTrue();
    }

    @Test
    void awayHeatsAndCoolsLess() {
        var scenario = scenario(quick());

        scenario.at("0s", preset(Preset.AWAY));
        scenario.every("2s", "1s", "1m", sensed(14.0625));
        assertThat(scenario.isOn("heat")).isFalse();
        scenario.every("2s", "1m1s", "2m", sensed(14));
        assertThat(scenario.isOn("heat")).isTrue();
        scenario.every("2s", "2m1s", "3m", sensed(16));
        assertThat(scenario.isOn("heat")).isFalse();
        scenario.every("2s", "3m1s", "4m", sensed(25.9375));
        assertThat(scenario.isOn("cool")).isFalse();
        scenario.every("2s", "4m1s", "5m", sensed(26));
        assertThat(scenario.isOn("cool")).isTrue();
    }

    @Test
    void inModeHeatNothingCoolsAndInModeCoolNothingHeats() {
        var scenario = scenario(quick());

        scenario.at("0s", mode(Mode.HEAT)).every("2s", "1s", "1m", sensed(25));
        assertThat(scenario.isOn("cool")).isFalse();

        scenario.at("1m", mode(Mode.COOL)).every("2s", "1m1s", "2m", sensed(25));
        assertThat(scenario.isOn("cool")).isTrue();
        scenario.every("2s", "2m1s", "3m", sensed(15));

        assertThat(scenario.switchings()).isEqualTo("heat off@0s cool off@0s cool on@1m cool off@2m1s");
    }

    @Test
    void modeOffSwitchesOffAtOnceEvenDuringTheMinimumPeriod() {
        var scenario = scenario(settings());

        scenario.every("2s", "0s", "5m2s", sensed(17)).at("5m3s", mode(Mode.OFF));

        assertThat(scenario.switchings()).endsWith("heat on@5m heat off@5m3s");
        assertThat(scenario.latest(ClimateTopics.ACTION)).isEqualTo(Action.OFF);
    }

    @Test
    void aboveTheAbsoluteMaximumNothingHeats() {
        var scenario = scenario(quick("airco.sources = a, b", "airco.combine = first"));

        for (int second = 1; second < 60; second += 2) {
            scenario.at(second + "s", received("a", 17));
            scenario.at(second + "s", received("b", second < 30 ? 18 : 36));
        }

        assertThat(scenario.switchings()).isEqualTo("heat off@0s cool off@0s heat on@5s heat off@31s");
        assertThat(scenario.latest(Reason.TOPIC).code()).isEqualTo("absolute-max");
    }

    @Test
    void belowTheAbsoluteMinimumNothingCools() {
        var scenario = scenario(quick("airco.target = 5.0", "airco.cool-above = 1.0", "airco.frost = off"));

        scenario.every("2s", "0s", "1m", sensed(10));
        assertThat(scenario.isOn("cool")).isFalse();

        scenario.every("2s", "1m1s", "2m", sensed(10.5));
        assertThat(scenario.isOn("cool")).isTrue();
    }

    @Test
    void frostProtectionHeatsEvenInModeOff() {
        var scenario = scenario(quick());

        scenario.at("0s", mode(Mode.OFF));
        scenario.every("2s", "1s", "1m", sensed(7));
        scenario.every("2s", "1m1s", "2m", sensed(7.9375));
        scenario.every("2s", "2m1s", "3m", sensed(8));

        assertThat(scenario.switchings()).isEqualTo("heat off@0s cool off@0s heat on@3s heat off@2m1s");
    }

    @Test
    void inModeOffItHeatsFromTheFrostLimitAndNotFromAKelvinAbove() {
        var scenario = scenario(quick());

        scenario.at("0s", mode(Mode.OFF)).every("2s", "1s", "1m", sensed(7.0625));

        assertThat(scenario.switchings()).isEqualTo("heat off@0s cool off@0s");
    }

    @Test
    void frostProtectionCanBeSwitchedOff() {
        var scenario = scenario(quick("airco.frost = off"));

        scenario.at("0s", mode(Mode.OFF)).every("2s", "1s", "1m", sensed(2));

        assertThat(scenario.switchings()).isEqualTo("heat off@0s cool off@0s");
    }

    @Test
    void withoutAHeatOutputThereIsNoFrostProtection() {
        var scenario = scenario(coolingOnly(
                "airco.target = 5.0",
                "airco.cool-above = 1.0",
                "airco.absolute-min = 0",
                "airco.frost = 12",
                "airco.cool.min-off = 0s",
                "airco.dead-time = 1s"));

        scenario.every("2s", "0s", "1m", sensed(11));

        assertThat(scenario.switchings()).isEqualTo("cool off@0s cool on@2s");
    }

    @Test
    void frostComesBeforeCooling() {
        var scenario = scenario(quick("airco.target = 5.0", "airco.absolute-min = 0", "airco.frost = 12"));

        scenario.every("2s", "0s", "1m", sensed(14));
        assertThat(scenario.isOn("cool")).isTrue();
        scenario.every("2s", "1m1s", "2m", sensed(12));

        assertThat(scenario.switchings()).endsWith("cool off@1m1s heat on@1m2s");
    }
}
