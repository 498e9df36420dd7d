package hearth.thermostat;

import static hearth.thermostat.Thermostats.driveFailed;
import static hearth.thermostat.Thermostats.mode;
import static hearth.thermostat.Thermostats.quick;
import static hearth.thermostat.Thermostats.reset;
import static hearth.thermostat.Thermostats.scenario;
import static hearth.thermostat.Thermostats.sensed;
import static hearth.thermostat.Thermostats.withSavedState;
import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.message.CommonTopics;
import hearth.testkit.ControllerScenario;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Heating that does not warm the room, and heating that warms it although that is hard to see. */
class DeadHeaterTest {

    @Test
    void heatingWithoutEffectIsLatchedAtTheThirdTime() {
        var scenario = scenario(quick());

        scenario.every("20s", "0s", "3h", sensed(17));

        assertThat(scenario.switchings())
                .isEqualTo("heat off@0s cool off@0s heat on@20s heat off@30m20s heat on@1h20s heat off@1h30m20s"
                        + " heat on@2h20s heat off@2h30m20s");
        assertThat(scenario.latest(CommonTopics.FAULT)).isEqualTo("no-response-latched");

        var after = scenario(quick(), withSavedState(scenario.savedState()));
        after.every("2s", "0s", "10m", sensed(17));
        assertThat(after.isOn("heat")).as("a latched fault survives a restart").isFalse();

        after.at("10m1s", reset());
        after.at("10m2s", sensed(17));
        assertThat(after.isOn("heat")).isTrue();
        assertThat(after.latest(CommonTopics.FAULT)).isEqualTo("none");
    }

    @Test
    void heatingThatWarmsTheRoomIsNoFault() {
        var scenario = scenario(quick());

        for (int minute = 0; minute < 40; minute++) {
            scenario.every("20s", minute + "m", minute + "m40s", sensed(17 + minute / 60.0));
        }

        assertThat(scenario.switchings()).isEqualTo("heat off@0s cool off@0s heat on@20s");
    }

    @Test
    void heatingThatReachesItsTargetIsNoFaultHoweverSmallTheRise() {
        var scenario = scenario(quick("airco.heat-below = 0.2"));

        for (int minute = 0; minute < 180; minute += 20) { // 10 minutes of heating, 10 without.
            scenario.every("20s", minute + "m", (minute + 9) + "m40s", sensed(19.75));
            scenario.every("20s", (minute + 10) + "m", (minute + 19) + "m40s", sensed(20));
        }

        assertThat(scenario.switchings()).endsWith("heat on@2h40m heat off@2h50m");
        assertThat(scenario.published(CommonTopics.FAULT)).containsExactly("none");
    }

    @Test
    void duringThePauseTheReasonHasItsCauseAndLength() {
        var scenario = scenario(quick());

        scenario.every("20s", "0s", "35m", sensed(17));

        Reason reason = scenario.latest(Reason.TOPIC);
        assertThat(reason.want()).isEqualTo(Action.HEATING);
        assertThat(reason.doing()).isEqualTo(Action.IDLE);
        assertThat(reason.code()).isEqualTo("no-response");
        assertThat(reason.until()).isEqualTo(scenario.instant("1h20s"));
    }

    @Test
    void thePauseDoesNotBlockCooling() {
        var scenario = scenario(quick());

        scenario.every("20s", "0s", "31m", sensed(17)).every("20s", "31m20s", "33m", sensed(23));

        assertThat(scenario.isOn("cool")).isTrue();
    }

    @Test
    void coolingInBetweenDoesNotResetTheCount() {
        var scenario = scenario(quick());

        for (int hour = 0; hour < 3; hour++) {
            scenario.every("20s", hour + "h", hour + "h31m", sensed(17));
            scenario.every("20s", hour + "h31m20s", hour + "h40m", sensed(23));
            scenario.every("20s", hour + "h40m20s", hour + "h59m40s", sensed(20));
        }

        assertThat(scenario.latest(CommonTopics.FAULT)).isEqualTo("no-response-latched");
        assertThat(scenario.switchings()).contains("cool on@31m40s cool off@40m20s");
    }

    @Test
    void aDeadHeaterIsFoundAlthoughHeatingPeriodsAreShort() {
        var scenario = scenario(quick("airco.heat.max-on = 25m"));

        scenario.every("20s", "0s", "4h", sensed(15));

        assertThat(scenario.published(CommonTopics.FAULT))
                .containsExactly("none", "no-response", "none", "no-response", "none", "no-response-latched");
    }

    @Test
    void aDeadHeaterIsFoundAlthoughTheSensorFailsFromTimeToTime() {
        var scenario = scenario(quick());

        for (int minute = 0; minute < 240; minute += 20) {
            scenario.every("20s", minute + "m", (minute + 17) + "m", sensed(15));
        }

        assertThat(scenario.published(CommonTopics.FAULT)).contains("no-response");
    }

    @Test
    void withoutAReadingAtTheCheckItIsCheckedAMinuteIntoTheNextPeriod() {
        var scenario = scenario(quick());

        scenario.every("2s", "0s", "29m32s", sensed(17)).until("35m");
        assertThat(scenario.switchings()).endsWith("heat on@2s heat off@30m2s");
        assertThat(scenario.latest(CommonTopics.FAULT)).isEqualTo("sensor-silent");

        scenario.every("2s", "35m1s", "40m", sensed(17));
        assertThat(scenario.switchings()).endsWith("heat on@35m3s heat off@36m3s");
        assertThat(scenario.latest(CommonTopics.FAULT)).isEqualTo("no-response");
    }

    @Test
    void periodsWithAShortPauseBetweenThemAreCheckedAsOne() {
        var scenario = scenario(quick());

        heats(scenario, 0, 20, 17);
        pauses(scenario, 20, 30, 17);
        heats(scenario, 30, 60, 17);

        assertThat(scenario.switchings()).endsWith("heat on@20s heat off@20m heat on@30m heat off@40m20s");
    }

    @Test
    void theRiseDuringTheFirstPeriodCounts() {
        var scenario = scenario(quick());

        heats(scenario, 0, 20, 17);
        pauses(scenario, 20, 30, 17.25);
        heats(scenario, 30, 60, 17.5);

        assertThat(scenario.switchings()).endsWith("heat off@20m heat on@30m");
        assertThat(scenario.published(CommonTopics.FAULT)).containsExactly("none");
    }

    @Test
    void aLongPauseStartsANewCheck() {
        var scenario = scenario(quick());

        heats(scenario, 0, 20, 17);
        pauses(scenario, 20, 60, 17);
        heats(scenario, 60, 100, 17);

        assertThat(scenario.switchings()).endsWith("heat on@1h heat off@1h30m");
    }

    @Test
    void afterHeatingThatWorkedAnOpenWindowIsNoFaultOfTheNextPeriod() {
        var scenario = scenario(quick());

        heats(scenario, 0, 10, 17);
        heats(scenario, 10, 20, 17.75);
        pauses(scenario, 20, 30, 15);
        heats(scenario, 30, 45, 15);
        heats(scenario, 45, 70, 15.75);

        assertThat(scenario.switchings()).endsWith("heat off@20m heat on@30m");
        assertThat(scenario.published(CommonTopics.FAULT)).containsExactly("none");
    }

    @Test
    void aHeaterThatNeverWentOnIsNotChecked() {
        var scenario = scenario(quick());

        scenario.at("0s", sensed(17))
                .at("2s", sensed(17))
                .at("2s", driveFailed("heat"))
                .at("3s", mode(Mode.OFF));
        scenario.every("20s", "20s", "1h", sensed(17));

        assertThat(scenario.published(CommonTopics.FAULT)).containsExactly("none", "relay-heat", "none");
    }

    @Test
    void aCoolingRelayThatFailsInBetweenDoesNotResetTheCount() {
        var scenario = scenario(quick());

        heats(scenario, 0, 20, 17);
        scenario.at("20m", mode(Mode.COOL)).at("20m1s", sensed(25)).at("20m2s", sensed(25));
        assertThat(scenario.isOn("cool")).isTrue();
        scenario.at("20m2s", driveFailed("cool"));
        heats(scenario, 25, 60, 17);

        assertThat(scenario.switchings()).endsWith("heat on@25m20s heat off@35m40s");
    }

    @Test
    void aHeaterThatWarmsIsNoFaultAlthoughEachPeriodIsCutShort() {
        var scenario = scenario(quick("airco.heat.max-on = 20m"));

        for (int minute = 0; minute < 180; minute += 30) { // 20 minutes of heating, 10 minutes of pause.
            scenario.every("20s", minute + "m", minute + "m40s", sensed(17));
            scenario.every("20s", (minute + 1) + "m", (minute + 12) + "m40s", sensed(17.25));
            scenario.every("20s", (minute + 13) + "m", (minute + 20) + "m40s", sensed(17.5));
            scenario.every("20s", (minute + 21) + "m", (minute + 29) + "m40s", sensed(17));
        }

        assertThat(scenario.published(CommonTopics.FAULT)).containsExactly("none");
    }

    @Test
    void heatingThatWorkedIsNoFaultWhenAWindowIsOpened() {
        var scenario = scenario(quick("airco.heat.max-on = 40m"));

        for (int minute = 0; minute < 250; minute += 50) { // 40 minutes of heating, 10 minutes of pause.
            scenario.every("20s", minute + "m", (minute + 14) + "m40s", sensed(17));
            scenario.every("20s", (minute + 15) + "m", (minute + 34) + "m40s", sensed(17.75));
            scenario.every("20s", (minute + 35) + "m", (minute + 49) + "m40s", sensed(17));
        }

        assertThat(scenario.published(CommonTopics.FAULT)).containsExactly("none");
    }

    @Test
    void frostProtectionThatWarmsIsNoFaultHoweverOftenItStarts() {
        var scenario = scenario(quick());

        scenario.at("0s", mode(Mode.OFF));
        for (int round = 0; round < 8; round++) {
            int from = round * 40;
            scenario.every("20s", from + "m1s", (from + 20) + "m", sensed(7));
            scenario.every("20s", (from + 20) + "m1s", (from + 39) + "m59s", sensed(8));
        }

        assertThat(scenario.published(CommonTopics.FAULT)).containsExactly("none");
    }

    @Test
    void aResetDoesNotShortenTheMinimumPause() {
        var scenario = scenario(quick());

        scenario.every("20s", "0s", "31m", sensed(17)).at("31m1s", reset());
        scenario.every("20s", "31m20s", "1h1m", sensed(17));

        assertThat(scenario.switchings()).endsWith("heat on@20s heat off@30m20s heat on@1h20s");
    }

    @Test
    void repeatedResetsDoNotHideADeadHeater() {
        var scenario = scenario(quick());

        for (int minute = 0; minute < 60; minute += 10) {
            scenario.every("20s", minute + "m", (minute + 9) + "m40s", sensed(15));
            scenario.at((minute + 10) + "m", reset());
        }

        assertThat(scenario.published(CommonTopics.FAULT)).contains("no-response");
    }

    @Test
    void aLatchedFaultIsPublishedBeforeAFaultOfTheSensor() {
        var scenario = scenario(quick(), withSavedState(Map.of("latched", "true")));

        scenario.until("1h");

        assertThat(scenario.published(CommonTopics.FAULT)).containsExactly("no-response-latched");
    }

    private static void heats(
            ControllerScenario<ThermostatState, ThermostatInput> scenario, int from, int to, double room) {
        scenario.at(from + "m", mode(Mode.HEAT));
        scenario.every("20s", from + "m", (to - 1) + "m40s", sensed(room));
    }

    private static void pauses(
            ControllerScenario<ThermostatState, ThermostatInput> scenario, int from, int to, double room) {
        scenario.at(from + "m", mode(Mode.OFF));
        scenario.every("20s", from + "m", (to - 1) + "m40s", sensed(room));
    }
}
