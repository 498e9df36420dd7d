package hearth.thermostat;

import static hearth.thermostat.Thermostats.failed;
import static hearth.thermostat.Thermostats.heatingOnly;
import static hearth.thermostat.Thermostats.mode;
import static hearth.thermostat.Thermostats.quick;
import static hearth.thermostat.Thermostats.quickButFor;
import static hearth.thermostat.Thermostats.sensed;
import static hearth.thermostat.Thermostats.settings;
import static hearth.thermostat.Thermostats.story;
import static hearth.thermostat.Thermostats.target;
import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.core.Boot;
import hearth.common.core.Report;
import hearth.common.message.Command;
import hearth.common.message.Common;
import hearth.common.message.Result;
import hearth.common.value.Celsius;
import hearth.thermostat.ThermostatInput.Heard;
import hearth.thermostat.ThermostatInput.Reset;
import hearth.thermostat.ThermostatInput.Told;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Stories of a room that is kept at its temperature. */
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
    void aBootCountsAsASwitchOff() {
        var story = story(settings());

        story.every("2s", "1s", "10m", sensed(15));

        assertThat(story.switchings()).isEqualTo("heat off@0s cool off@0s heat on@5m");
    }

    @Test
    void itRestsBetweenRunsAndRunsForAWhile() {
        var story = story(settings());

        story.every("2s", "1s", "5m", sensed(17)); // on at 5m
        story.every("2s", "5m1s", "8m", sensed(20)); // min-on holds until 7m
        story.every("2s", "8m1s", "20m", sensed(17)); // min-off holds until 12m

        assertThat(story.switchings()).isEqualTo("heat off@0s cool off@0s heat on@5m heat off@7m heat on@12m");
    }

    @Test
    void heatingStopsWhenTheSensorFallsSilent() {
        var story = story(settings());

        story.every("2s", "0s", "5m1s", sensed(17)).until("10m");

        assertThat(story.switchings()).isEqualTo("heat off@0s cool off@0s heat on@5m heat off@5m30s");
        assertThat(story.says(Common.FAULT)).isEqualTo("sensor-silent");
        assertThat(story.says(AircoTopics.ACTION)).isEqualTo(Action.IDLE);
    }

    @Test
    void heatingStopsWhenTheSensorOnlyFails() {
        var story = story(settings());

        story.every("2s", "0s", "5m2s", sensed(17));
        story.every("2s", "5m4s", "6m", failed("sensor-no-data"));

        assertThat(story.switchings()).isEqualTo("heat off@0s cool off@0s heat on@5m heat off@5m32s");
        assertThat(story.said(Common.FAULT)).containsExactly("none", "sensor-no-data");
    }

    @Test
    void oneFailedReadingIsNoFault() {
        var story = story(quick());

        story.every("2s", "0s", "1m", sensed(17)).at("1m2s", failed("sensor-no-data"));
        story.every("2s", "1m4s", "2m", sensed(17));

        assertThat(story.switchings()).isEqualTo("heat off@0s cool off@0s heat on@2s");
        assertThat(story.said(Common.FAULT)).containsExactly("none");
    }

    @Test
    void aReadingNoRoomCanHaveSwitchesOffAtOnce() {
        var story = story(settings());

        story.every("2s", "0s", "5m2s", sensed(17)).at("5m4s", sensed(85)).until("5m5s");

        assertThat(story.switchings()).endsWith("heat on@5m heat off@5m4s");
        assertThat(story.says(Common.FAULT)).isEqualTo("sensor-implausible");
    }

    @Test
    void itHealsByItselfWhenTheSensorIsBack() {
        var story = story(quick());

        story.every("2s", "0s", "1m", sensed(17)).until("5m");
        story.every("2s", "5m1s", "5m10s", sensed(17));

        assertThat(story.switchings()).endsWith("heat off@1m30s heat on@5m3s");
        assertThat(story.says(Common.FAULT)).isEqualTo("none");
    }

    @Test
    void aLoneOutlierDoesNotSwitchOn() {
        var story = story(quick());

        story.every("2s", "0s", "1m", sensed(19)).at("1m2s", sensed(12)).at("1m4s", sensed(19));
        assertThat(story.switchings()).isEqualTo("heat off@0s cool off@0s");

        story.at("1m6s", sensed(12)).at("1m8s", sensed(12.1));
        assertThat(story.switchings()).endsWith("heat on@1m8s");
    }

    @Test
    void anOutlierThatAsksForOffIsBelievedAtOnce() {
        var story = story(quick());

        story.every("2s", "0s", "1m", sensed(17)).at("1m2s", sensed(23));

        assertThat(story.switchings()).isEqualTo("heat off@0s cool off@0s heat on@2s heat off@1m2s");
    }

    @Test
    void fromHeatingToCoolingThereIsADeadTime() {
        var story = story(quickButFor("1m"));

        story.every("2s", "0s", "2m", sensed(17));
        story.every("2s", "2m2s", "5m", sensed(30));

        assertThat(story.switchings()).endsWith("heat on@1m heat off@2m2s cool on@3m2s");
    }

    @Test
    void noRelayStaysOnLongerThanItsMaximum() {
        var story = story(quick("airco.heat.max-on = 20m"));

        story.every("2s", "0s", "15m", sensed(17)).every("2s", "15m2s", "1h", sensed(17.6));

        assertThat(story.switchings()).contains("heat on@2s heat off@20m2s heat on@30m2s heat off@50m2s");
    }

    @Test
    void aboveTheAbsoluteMaximumNothingHeats() {
        var story = story(quick("airco.sources = a, b", "airco.combine = first"));

        for (int second = 1; second < 60; second += 2) {
            story.at(second + "s", heard("a", 17));
            story.at(second + "s", heard("b", second < 30 ? 18 : 36));
        }

        assertThat(story.switchings()).isEqualTo("heat off@0s cool off@0s heat on@5s heat off@31s");
        assertThat(story.says(Reason.TOPIC).because()).isEqualTo("absolute-max");
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
    void modeOffIsOffAtOnceAndBeatsTheShortestRun() {
        var story = story(settings());

        story.every("2s", "0s", "5m2s", sensed(17)).at("5m3s", mode(Mode.OFF));

        assertThat(story.switchings()).endsWith("heat on@5m heat off@5m3s");
        assertThat(story.says(AircoTopics.ACTION)).isEqualTo(Action.OFF);
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
    void frostProtectionCanBeSwitchedOff() {
        var story = story(quick("airco.frost = off"));

        story.at("0s", mode(Mode.OFF)).every("2s", "1s", "1m", sensed(2));

        assertThat(story.switchings()).isEqualTo("heat off@0s cool off@0s");
    }

    @Test
    void aNewTargetDoesNotCutAShortRunShorter() {
        var story = story(settings());

        story.every("2s", "0s", "5m2s", sensed(17)).at("5m3s", target(10));
        story.every("2s", "5m4s", "8m", sensed(17));

        assertThat(story.switchings()).endsWith("heat on@5m heat off@7m cool on@7m30s");
    }

    @Test
    void awayAsksLess() {
        var story = story(quick());

        story.at("0s", new ThermostatInput.PresetSet(new Command<>("preset/set", "", Preset.AWAY, Instant.MAX)));
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
    void theTargetAndModeSurviveAPowerCut() {
        var before = story(quick());
        before.at("1s", target("a", 21.5)).at("2s", mode(Mode.HEAT));

        var after = story(quick(), new Boot("boot2", before.remembered(), false));

        assertThat(after.says(AircoTopics.TARGET)).isEqualTo(Celsius.of(21.5));
        assertThat(after.says(AircoTopics.MODE)).isEqualTo(Mode.HEAT);
    }

    @Test
    void aCommandRepeatedAfterAPowerCutDoesNotAct() {
        var before = story(quick());
        before.at("1s", target("a", 21)).at("2s", target("b", 22));

        var after = story(quick(), new Boot("boot2", before.remembered(), false));
        after.at("1s", target("a", 21));

        assertThat(after.says(AircoTopics.TARGET)).isEqualTo(Celsius.of(22));
        assertThat(after.announced(Result.TOPIC)).isEmpty();
    }

    @Test
    void aTargetNobodySetFollowsTheSettings() {
        var before = story(quick("airco.target = 19.0"));
        before.at("1s", mode(Mode.HEAT));

        var after = story(quick("airco.target = 20.5"), new Boot("boot2", before.remembered(), false));

        assertThat(after.says(AircoTopics.TARGET)).isEqualTo(Celsius.of(20.5));
    }

    @Test
    void plainCommandsActAsOftenAsTheyCome() {
        var story = story(quick());

        story.at("1s", target(21)).at("2s", target(20)).at("3s", target(21));

        assertThat(story.said(AircoTopics.TARGET))
                .containsExactly(Celsius.of(20), Celsius.of(21), Celsius.of(20), Celsius.of(21));
        assertThat(story.announced(Result.TOPIC)).hasSize(3);
    }

    @Test
    void everyCommandIsAnsweredOnce() {
        var story = story(quick());

        story.at("1s", target("a", 21)).at("2s", target("a", 21)).at("3s", target("a", 22));

        assertThat(story.announced(Result.TOPIC))
                .containsExactly(
                        new Result("target/set", "a", Result.Outcome.DONE, ""),
                        new Result("target/set", "a", Result.Outcome.REJECTED, "this id was used for another command"));
        assertThat(story.says(AircoTopics.TARGET)).isEqualTo(Celsius.of(21));
    }

    @Test
    void aCommandThatComesTooLateIsExpired() {
        var story = story(quick());

        Instant now = story.instant("10s");
        story.at("10s", new ThermostatInput.TargetSet(new Command<>("target/set", "a", Celsius.of(25), now)));

        assertThat(story.says(AircoTopics.TARGET)).isEqualTo(Celsius.of(20));
        assertThat(story.announced(Result.TOPIC)).extracting(Result::outcome).containsExactly(Result.Outcome.EXPIRED);
    }

    @Test
    void aModeWithoutARelayForItIsRejected() {
        var story = story(heatingOnly());

        story.at("1s", mode(Mode.COOL));

        assertThat(story.says(AircoTopics.MODE)).isEqualTo(Mode.HEAT);
        assertThat(story.announced(Result.TOPIC)).extracting(Result::outcome).containsExactly(Result.Outcome.REJECTED);
    }

    @Test
    void answersWaitForTheBroker() {
        var story = story(quick()).broker(false);

        story.at("1s", target("a", 21));
        assertThat(story.state().docket().owed()).hasSize(1);

        story.at("2s", new Told(new Report.Settled("result-0", true)));
        assertThat(story.state().docket().owed()).isEmpty();
    }

    @Test
    void aRelayThatDoesNotSwitchOnIsToldAndTriedAgain() {
        var story = story(quick());

        story.at("1s", sensed(17)).at("2s", sensed(17));
        story.at("2s", new Told(new Report.DriveFailed("heat", "line busy")));
        assertThat(story.isOn("heat")).isFalse();
        assertThat(story.says(AircoTopics.ACTION)).isEqualTo(Action.IDLE);
        assertThat(story.says(Common.FAULT)).isEqualTo("relay-heat");

        story.every("2s", "3s", "20s", sensed(17));
        assertThat(story.switchings()).endsWith("heat on@2s heat off@2s heat on@12s");
        assertThat(story.says(Common.FAULT)).isEqualTo("none");
    }

    @Test
    void heatingWithoutEffectGivesUpAtTheThirdTime() {
        var story = story(quick());

        story.every("2s", "0s", "3h", sensed(17));

        assertThat(story.switchings())
                .isEqualTo("heat off@0s cool off@0s heat on@2s heat off@30m2s heat on@1h2s heat off@1h30m2s"
                        + " heat on@2h2s heat off@2h30m2s");
        assertThat(story.says(Common.FAULT)).isEqualTo("no-response-latched");

        var after = story(quick(), new Boot("boot2", story.remembered(), false));
        after.every("2s", "0s", "10m", sensed(17));
        assertThat(after.isOn("heat")).as("a latched fault survives a restart").isFalse();

        after.at("10m1s", new Reset(new Command<>("reset/set", "", Command.Press.PRESS, Instant.MAX)));
        after.at("10m2s", sensed(17));
        assertThat(after.isOn("heat")).isTrue();
        assertThat(after.says(Common.FAULT)).isEqualTo("none");
    }

    @Test
    void heatingThatWarmsIsLeftAlone() {
        var story = story(quick());

        for (int minute = 0; minute < 40; minute++) {
            story.every("2s", minute + "m", minute + "m59s", sensed(17 + minute / 60.0));
        }

        assertThat(story.switchings()).isEqualTo("heat off@0s cool off@0s heat on@2s");
    }

    @Test
    void itSaysWhyAndForHowLong() {
        var story = story(settings());

        story.at("1s", sensed(17)).at("3s", sensed(17));

        Reason reason = story.says(Reason.TOPIC);
        assertThat(reason.want()).isEqualTo(Action.HEATING);
        assertThat(reason.doing()).isEqualTo(Action.IDLE);
        assertThat(reason.because()).isEqualTo("boot");
        assertThat(Duration.between(reason.since(), reason.until())).isEqualTo(Duration.ofSeconds(299));
    }

    @Test
    void severalSensorsMakeOneRoom() {
        var story = story(quick("airco.sources = a, b"));

        for (int second = 1; second < 20; second += 2) {
            story.at(second + "s", heard("a", 17)).at(second + "s", heard("b", 19));
        }

        assertThat(story.isOn("heat")).as("the mean is 18").isTrue();
    }

    @Test
    void aSensorThatFallsSilentLeavesTheOthers() {
        var story = story(quick("airco.sources = a, b"));

        story.at("1s", heard("a", 17))
                .at("2s", heard("b", 21))
                .at("3s", heard("a", 17))
                .at("4s", heard("b", 21));
        story.every("5s", "5s", "1m", heard("a", 17));

        assertThat(story.switchings()).isEqualTo("heat off@0s cool off@0s heat on@32s");
        assertThat(story.says(Common.FAULT)).isEqualTo("none");
        story.every("5s", "1m5s", "6m", heard("a", 17));
        assertThat(story.says(Common.FAULT)).isEqualTo("source-silent");
    }

    @Test
    void aSensorThatGetsTooHotDoesNotHandTheRoomToAColdOne() {
        var story = story(quick("airco.sources = a, b"));

        for (int second = 1; second < 120; second += 5) {
            story.at(second + "s", heard("a", second < 60 ? 59 : 61)).at(second + "s", heard("b", 10));
        }
        assertThat(story.switchings()).isEqualTo("heat off@0s cool off@0s");
        assertThat(story.says(Common.FAULT)).isEqualTo("sensor-implausible");

        story.every("5s", "2m1s", "3m", heard("b", 10));
        assertThat(story.isOn("heat")).as("silent for 30 s, it is forgotten").isTrue();
        assertThat(story.says(Common.FAULT)).isEqualTo("none");
    }

    @Test
    void aReadingSentTwiceConfirmsNothing() {
        var story = story(quick("airco.sources = a"));

        story.every("10s", "0s", "1m50s", heard("a", 21)).at("1m59s", heard("a", 5));
        story.at("2m2s", new Heard("a", Celsius.of(5), Duration.ofSeconds(2)));
        assertThat(story.switchings()).isEqualTo("heat off@0s cool off@0s");

        story.at("2m9s", heard("a", 5));
        assertThat(story.isOn("heat")).as("measured again").isTrue();
    }

    @Test
    void aDeadHeaterIsFoundThoughItsRunsAreShort() {
        var story = story(quick("airco.heat.max-on = 25m"));

        story.every("2s", "0s", "4h", sensed(15));

        assertThat(story.said(Common.FAULT))
                .containsExactly("none", "no-response", "none", "no-response", "none", "no-response-latched");
    }

    @Test
    void aDeadHeaterIsFoundThoughTheSensorComesAndGoes() {
        var story = story(quick());

        for (int minute = 0; minute < 240; minute += 20) {
            story.every("2s", minute + "m", (minute + 17) + "m", sensed(15));
        }

        assertThat(story.said(Common.FAULT)).contains("no-response");
    }

    @Test
    void resettingNowAndThenDoesNotHideADeadHeater() {
        var story = story(quick());

        for (int minute = 0; minute < 60; minute += 10) {
            story.every("2s", minute + "m", minute + "m59s", sensed(15));
            story.every("2s", (minute + 1) + "m", (minute + 9) + "m59s", sensed(15));
            story.at((minute + 10) + "m", new Reset(new Command<>("reset/set", "", Command.Press.PRESS, Instant.MAX)));
        }

        assertThat(story.said(Common.FAULT)).contains("no-response");
    }

    @Test
    void frostRunsThatWarmAreNoFaultHoweverOftenTheyCome() {
        var story = story(quick());

        story.at("0s", mode(Mode.OFF));
        for (int round = 0; round < 8; round++) {
            int from = round * 40;
            story.every("2s", from + "m1s", (from + 20) + "m", sensed(7));
            story.every("2s", (from + 20) + "m1s", (from + 39) + "m59s", sensed(8));
        }

        assertThat(story.said(Common.FAULT)).containsExactly("none");
    }

    @Test
    void aResetThatComesTooLateForgivesNothing() {
        var story = story(quick(), new Boot("boot2", Map.of(), true));

        Instant now = story.instant("10s");
        story.at("10s", new Reset(new Command<>("reset/set", "a", Command.Press.PRESS, now)));

        assertThat(story.says(Common.FAULT)).isEqualTo("state-lost");
    }

    @Test
    void frostComesBeforeCooling() {
        var story = story(quick("airco.target = 5.0", "airco.absolute-min = 0", "airco.frost = 12"));

        story.every("2s", "0s", "1m", sensed(14));
        assertThat(story.isOn("cool")).isTrue();
        story.every("2s", "1m1s", "2m", sensed(12));

        assertThat(story.switchings()).endsWith("cool off@1m1s heat on@1m2s");
    }

    @Test
    void aLooseWireIsOneFaultWhateverItSays() {
        var story = story(quick());

        story.every("4s", "0s", "5m", failed("sensor-no-data"));
        for (int second = 1; second < 100; second += 2) {
            story.at((300 + second) + "s", failed(second % 4 == 1 ? "sensor-checksum" : "sensor-no-data"));
        }

        assertThat(story.said(Common.FAULT)).containsExactly("none", "sensor-no-data");
    }

    @Test
    void aRelayThatFailedIsForgottenWhenNobodyWantsIt() {
        var story = story(quick());

        story.at("1s", sensed(17)).at("2s", sensed(17));
        story.at("2s", new Told(new Report.DriveFailed("heat", "line busy"))).at("3s", mode(Mode.OFF));
        story.every("2s", "4s", "2m", sensed(17));

        assertThat(story.says(Common.FAULT)).isEqualTo("none");
    }

    @Test
    void inModeCoolTheReasonIsAboutCooling() {
        var story = story(quick());

        story.at("0s", mode(Mode.COOL)).every("2s", "1s", "10s", sensed(20.5));

        assertThat(story.says(Reason.TOPIC).because()).isEqualTo("in-band");
    }

    @Test
    void anOldReadingFromTheBrokersStoreIsAsOldAsItIs() {
        var story = story(quick("airco.sources = a"));

        story.at("1s", new Heard("a", Celsius.of(17), Duration.ofSeconds(25)));
        story.at("3s", new Heard("a", Celsius.of(17), Duration.ofSeconds(22))).until("1m");

        assertThat(story.switchings()).isEqualTo("heat off@0s cool off@0s heat on@3s heat off@11s");
    }

    @Test
    void aMemoryThatCannotBeWrittenIsAFaultUntilItCan() {
        var story = story(quick()).disk(false);
        story.every("2s", "0s", "10s", sensed(20));

        story.at("11s", target(21)).at("12s", new Told(new Report.StorageFailed("disk full")));
        assertThat(story.says(Common.FAULT)).isEqualTo("storage");
        assertThat(story.says(AircoTopics.TARGET)).as("kept in memory").isEqualTo(Celsius.of(21));

        story.at("13s", new Told(new Report.OnDisk(Map.of())));
        assertThat(story.says(Common.FAULT)).isEqualTo("none");
    }

    @Test
    void aMemoryThatWasTornIsTold() {
        var story = story(quick(), new Boot("boot2", Map.of(), true));

        assertThat(story.says(Common.FAULT)).isEqualTo("state-lost");
        assertThat(story.says(AircoTopics.TARGET)).isEqualTo(Celsius.of(20));
    }

    private static ThermostatInput heard(String node, double degrees) {
        return new Heard(node, Celsius.of(degrees), Duration.ZERO);
    }
}
