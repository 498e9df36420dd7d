package hearth.thermostat;

import static hearth.thermostat.Thermostats.coolingOnly;
import static hearth.thermostat.Thermostats.heard;
import static hearth.thermostat.Thermostats.heatingOnly;
import static hearth.thermostat.Thermostats.mode;
import static hearth.thermostat.Thermostats.quick;
import static hearth.thermostat.Thermostats.reset;
import static hearth.thermostat.Thermostats.sensed;
import static hearth.thermostat.Thermostats.settings;
import static hearth.thermostat.Thermostats.story;
import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.core.Boot;
import hearth.common.core.Report;
import hearth.common.core.Story;
import hearth.common.message.Command;
import hearth.common.message.Common;
import hearth.common.message.Result;
import hearth.common.message.Result.Outcome;
import hearth.common.value.Celsius;
import hearth.thermostat.ThermostatInput.PresetSet;
import hearth.thermostat.ThermostatInput.Told;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Stories of a room at the edges: which reading counts, which side may run, what is remembered. */
class RegulationEdgesTest {

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
    void switchedOffItHeatsFromTheFrostOnAndNotFromAKelvinAbove() {
        var story = story(quick());

        story.at("0s", mode(Mode.OFF)).every("2s", "1s", "1m", sensed(7.0625));

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
    void aHeaterAloneMayBeSwitchedOffAndOnAgain() {
        var story = story(heatingOnly());

        story.at("1s", mode(Mode.OFF)).at("2s", mode(Mode.HEAT));

        assertThat(story.said(AircoTopics.MODE)).containsExactly(Mode.HEAT, Mode.OFF, Mode.HEAT);
        assertThat(story.announced(Result.TOPIC))
                .extracting(Result::outcome)
                .containsExactly(Outcome.DONE, Outcome.DONE);
    }

    @Test
    void aLoneWarmOutlierDoesNotCool() {
        var story = story(quick());

        story.every("2s", "0s", "1m", sensed(21)).at("1m2s", sensed(30)).at("1m4s", sensed(21));

        assertThat(story.switchings()).isEqualTo("heat off@0s cool off@0s");
    }

    @Test
    void aJumpOfFiveKelvinIsAReadingAndOfMoreAnOutlier() {
        var story = story(quick());
        var other = story(quick());

        story.at("0s", sensed(19)).at("2s", sensed(19)).at("4s", sensed(14));
        other.at("0s", sensed(19)).at("2s", sensed(19)).at("4s", sensed(13.9375));

        assertThat(story.isOn("heat")).isTrue();
        assertThat(other.isOn("heat")).isFalse();
    }

    @Test
    void afterAnOutlierAReadingLikeTheOnesBeforeCountsAtOnce() {
        var story = story(quick());

        story.every("2s", "0s", "10s", sensed(19)).at("12s", sensed(10)).at("14s", sensed(18));

        assertThat(story.switchings()).endsWith("heat on@14s");
    }

    @Test
    void whatNothingHasConfirmedYetConfirmsNothing() {
        var story = story(quick());

        story.at("0s", sensed(17)).at("2s", sensed(30)).at("4s", sensed(17));
        assertThat(story.switchings()).isEqualTo("heat off@0s cool off@0s");

        story.at("6s", sensed(17));
        assertThat(story.isOn("heat")).isTrue();
    }

    @Test
    void afterWhatNoRoomCanHaveTheNextNeedsConfirmingAnew() {
        var story = story(quick());

        story.every("2s", "0s", "10s", sensed(19)).at("12s", sensed(85)).at("14s", sensed(17));
        assertThat(story.switchings()).isEqualTo("heat off@0s cool off@0s");

        story.at("16s", sensed(17));
        assertThat(story.isOn("heat")).isTrue();
    }

    @Test
    void aReadingOlderThanWhatIsKnownIsPassedOver() {
        var story = story(quick("airco.sources = a"));

        story.every("10s", "0s", "30s", heard("a", 17)).at("35s", heard("a", 25, 10));

        assertThat(story.switchings()).isEqualTo("heat off@0s cool off@0s heat on@10s");
    }

    @Test
    void whatNoRoomCanHaveIsBelievedHoweverSoonItComes() {
        var story = story(quick("airco.sources = a"));

        story.every("10s", "0s", "30s", heard("a", 17)).at("31s", heard("a", 85));

        assertThat(story.switchings()).endsWith("heat off@31s");
        assertThat(story.says(Common.FAULT)).isEqualTo("sensor-implausible");
    }

    @Test
    void aDeadTimeDoesNotCutARestShort() {
        var story = story(settings());

        story.every("2s", "0s", "5m", sensed(17)).every("2s", "5m2s", "8m58s", sensed(30));
        story.every("2s", "9m", "20m", sensed(17));

        assertThat(story.switchings())
                .isEqualTo("heat off@0s cool off@0s heat on@5m heat off@7m cool on@7m30s cool off@9m30s heat on@12m");
    }

    @Test
    void theCoolingRelayFailsUnderItsOwnName() {
        var story = story(quick());

        story.at("0s", sensed(25)).at("2s", sensed(25)).at("2s", new Told(new Report.DriveFailed("cool", "line busy")));

        assertThat(story.isOn("cool")).isFalse();
        assertThat(story.says(Common.FAULT)).isEqualTo("relay-cool");
    }

    @Test
    void aRelayThatFailedIsToldUntilItHasWorkedForASecond() {
        var story = story(quick());

        story.at("0s", sensed(17)).at("2s", sensed(17)).at("2s", new Told(new Report.DriveFailed("heat", "line busy")));
        story.every("2s", "4s", "12s", sensed(17));
        assertThat(story.isOn("heat")).isTrue();
        assertThat(story.says(Common.FAULT)).isEqualTo("relay-heat");

        story.until("13s");
        assertThat(story.said(Common.FAULT)).containsExactly("none", "relay-heat", "none");
    }

    @Test
    void aLatchedFaultIsToldBeforeASensorsOwn() {
        var story = story(quick(), new Boot("boot2", Map.of("latched", "true"), false));

        story.until("1h");

        assertThat(story.said(Common.FAULT)).containsExactly("no-response-latched");
    }

    @Test
    void theOwnerWhoHasSeenAMemoryLostIsTakenAtHisWord() {
        var story = story(quick(), new Boot("boot2", Map.of(), true));

        story.at("1s", reset());

        assertThat(story.said(Common.FAULT)).containsExactly("state-lost", "none");
    }

    @Test
    void whatIsAsTheSettingsSayIsNotWrittenDown() {
        var story = story(heatingOnly());
        story.at("1s", mode(Mode.OFF)).at("2s", mode(Mode.HEAT)).at("3s", preset(Preset.AWAY));
        assertThat(story.remembered()).containsOnlyKeys("preset");

        story.at("4s", preset(Preset.HOME));
        assertThat(story.remembered()).isEmpty();

        var withACooler = story(quick(), new Boot("boot2", story.remembered(), false));
        assertThat(withACooler.says(AircoTopics.MODE)).isEqualTo(Mode.HEAT_COOL);
    }

    @Test
    void awaySurvivesAPowerCut() {
        var before = story(quick());
        before.at("1s", preset(Preset.AWAY));

        var after = story(quick(), new Boot("boot2", before.remembered(), false));

        assertThat(after.says(AircoTopics.PRESET)).isEqualTo(Preset.AWAY);
    }

    @Test
    void aModeForARelayThatWasTakenAwayIsForgotten() {
        for (String mode : new String[] {"cool", "heat_cool"}) {
            var story = story(heatingOnly(), new Boot("boot2", Map.of("mode", mode), false));

            assertThat(story.says(AircoTopics.MODE)).as(mode).isEqualTo(Mode.HEAT);
        }
        var off = story(heatingOnly(), new Boot("boot2", Map.of("mode", "off"), false));
        assertThat(off.says(AircoTopics.MODE)).isEqualTo(Mode.OFF);
    }

    @Test
    void notesThatMakeNoSenseGiveWayToTheSettings() {
        var story = story(
                quick("airco.target = 19.5"),
                new Boot("boot2", Map.of("target", "warm", "mode", "boost", "preset", "eco", "latched", "1"), false));

        assertThat(story.says(AircoTopics.TARGET)).isEqualTo(Celsius.of(19.5));
        assertThat(story.says(AircoTopics.MODE)).isEqualTo(Mode.HEAT_COOL);
        assertThat(story.says(AircoTopics.PRESET)).isEqualTo(Preset.HOME);
        assertThat(story.says(Common.FAULT)).isEqualTo("none");
    }

    @Test
    void whileHeatingTheReasonIsTheTarget() {
        var story = story(quick());

        story.every("2s", "0s", "1m", sensed(17));

        assertThat(reason(story)).isEqualTo("HEATING HEATING to-target");
        assertThat(story.says(Reason.TOPIC).until()).isEqualTo(story.instant("4h2s"));
    }

    @Test
    void whileFrostIsKeptOutTheReasonIsTheFrost() {
        var story = story(quick());

        story.at("0s", mode(Mode.OFF)).every("2s", "1s", "1m", sensed(7));

        assertThat(reason(story)).isEqualTo("HEATING HEATING frost");
    }

    @Test
    void whileCoolingTheReasonIsTheTarget() {
        var story = story(quick());

        story.every("2s", "0s", "1m", sensed(25));

        assertThat(reason(story)).isEqualTo("COOLING COOLING to-target");
    }

    @Test
    void whatWouldLikeToCoolSaysWhyItDoesNot() {
        var story = story(settings());

        story.every("2s", "0s", "1m", sensed(25));

        assertThat(reason(story)).isEqualTo("COOLING IDLE boot");
    }

    @Test
    void whereNothingIsWantedTheReasonIsTheBand() {
        var story = story(quick());

        story.every("2s", "0s", "1m", sensed(20));

        assertThat(reason(story)).isEqualTo("IDLE IDLE in-band");
    }

    @Test
    void inModeHeatTheReasonIsAboutHeatingThoughItIsWarm() {
        var story = story(quick());

        story.at("0s", mode(Mode.HEAT)).every("2s", "1s", "1m", sensed(25));

        assertThat(reason(story)).isEqualTo("IDLE IDLE in-band");
    }

    @Test
    void aCoolerAloneSaysWhatKeepsItFromCooling() {
        var story = story(coolingOnly("airco.target = 5.0"));

        story.every("2s", "0s", "1m", sensed(10));
        assertThat(reason(story)).isEqualTo("IDLE IDLE absolute-min");

        story.every("2s", "1m2s", "2m", sensed(10.5));
        assertThat(reason(story)).isEqualTo("COOLING IDLE boot");
    }

    private static String reason(Story<ThermostatState, ThermostatInput> story) {
        Reason reason = story.says(Reason.TOPIC);
        return reason.want() + " " + reason.doing() + " " + reason.because();
    }

    private static ThermostatInput preset(Preset preset) {
        return new PresetSet(new Command<>("preset/set", "", preset, Instant.MAX));
    }
}
