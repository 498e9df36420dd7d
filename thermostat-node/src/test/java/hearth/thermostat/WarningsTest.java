package hearth.thermostat;

import static hearth.thermostat.Thermostats.heatingOnly;
import static hearth.thermostat.Thermostats.quick;
import static hearth.thermostat.Thermostats.received;
import static hearth.thermostat.Thermostats.scenario;
import static hearth.thermostat.Thermostats.sensed;
import static hearth.thermostat.Thermostats.target;
import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.message.CommonTopics;
import hearth.testkit.ControllerScenario;
import hearth.testkit.fault.Fault;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Faults that stop nothing: a stuck sensor, a relay that may be welded. */
class WarningsTest {

    @Test
    @Fault("A10")
    void aReadingThatDoesNotChangeDuringSixHoursOfCoolingIsStuck() {
        var scenario = scenario(quick());

        scenario.every("20s", "0s", "6h10m", sensed(22));
        assertThat(scenario.switchings()).as("with a pause").endsWith("cool on@20s cool off@4h20s cool on@4h10m20s");
        assertThat(scenario.published(CommonTopics.FAULT)).containsExactly("none");

        scenario.every("20s", "6h10m20s", "7h", sensed(22));
        assertThat(scenario.published(CommonTopics.FAULT)).containsExactly("none", "sensor-stuck");
        assertThat(scenario.isOn("cool")).as("it only warns").isTrue();

        scenario.at("7h20s", sensed(22.0625));
        assertThat(scenario.published(CommonTopics.FAULT)).containsExactly("none", "sensor-stuck", "none");
    }

    @Test
    void theWarningIsPublishedAtItsTimeAndNotWithTheNextReading() {
        var scenario = scenario(quick("sensor.stale-after = 30m"));

        scenario.every("10m", "0s", "6h10m", sensed(22)).until("6h19m59s");
        assertThat(scenario.latest(CommonTopics.FAULT)).isEqualTo("none");

        scenario.until("6h20m");
        assertThat(scenario.switchings()).endsWith("cool on@10m cool off@4h10m cool on@4h20m");
        assertThat(scenario.latest(CommonTopics.FAULT)).isEqualTo("sensor-stuck");
    }

    @Test
    void aConstantRoomWithASmallChangeFromTimeToTimeIsNoFault() {
        var scenario = scenario(quick());

        for (int hour = 0; hour < 24; hour++) {
            scenario.every("20s", hour + "h", hour + "h59m40s", sensed(hour % 6 == 5 ? 22.0625 : 22));
        }

        assertThat(scenario.published(CommonTopics.FAULT)).containsExactly("none");
    }

    @Test
    void anUnchangedReadingWithoutHeatingOrCoolingIsNoFault() {
        var scenario = scenario(quick());

        scenario.every("20s", "0s", "12h", sensed(19));

        assertThat(scenario.published(CommonTopics.FAULT)).containsExactly("none");
    }

    @Test
    void ofTwoSensorsTheStuckOneIsFoundAlthoughTheOtherChanges() {
        var scenario = scenario(quick("airco.sources = a, b"));

        for (int second = 0; second < 7 * 3600; second += 10) {
            int minute = second / 60 % 250; // Four hours of heating, ten minutes of pause.
            double other = minute < 240 ? 18 + Math.min(minute, 60) / 20.0 : 18;
            scenario.at(second + "s", received("a", 17)).at(second + "s", received("b", other));
        }

        assertThat(scenario.published(CommonTopics.FAULT)).containsExactly("none", "sensor-stuck");
    }

    @Test
    void aStuckSensorThatFallsSilentIsPublishedAsSilent() {
        var scenario = scenario(quick());
        scenario.every("20s", "0s", "6h11m", sensed(22));
        assertThat(scenario.latest(CommonTopics.FAULT)).isEqualTo("sensor-stuck");

        scenario.until("6h12m");

        assertThat(scenario.latest(CommonTopics.FAULT)).isEqualTo("sensor-silent");
    }

    @Test
    void aStuckSensorThatFallsSilentIsNoFaultWhileThereIsAnother() {
        var scenario = scenario(quick("airco.sources = a, b"));
        for (int second = 0; second < 6 * 3600 + 15 * 60; second += 20) {
            scenario.at(second + "s", received("a", 22))
                    .at(second + "s", received("b", second % 40 == 0 ? 22 : 22.0625));
        }
        assertThat(scenario.published(CommonTopics.FAULT)).containsExactly("none", "sensor-stuck");

        scenario.every("20s", "6h15m", "6h25m", received("b", 22));

        assertThat(scenario.published(CommonTopics.FAULT))
                .containsExactly("none", "sensor-stuck", "none", "source-silent");
    }

    @Test
    void sixHoursAreEnoughAlthoughThePeriodEndsWithThem() {
        var scenario = scenario(quick("airco.cool.max-on = 6h"));

        scenario.every("20s", "0s", "6h5m", sensed(22));

        assertThat(scenario.switchings()).endsWith("cool on@20s cool off@6h20s");
        assertThat(scenario.published(CommonTopics.FAULT)).containsExactly("none", "sensor-stuck");
    }

    @Test
    @Fault("B10")
    void aRiseOfThreeKelvinAfterHeatingIsAWarningUntilTheRoomGetsColder() {
        var scenario = heatedTo20();

        room(scenario, 10, 69, minute -> 20 + (minute - 10) / 20.0);
        assertThat(scenario.published(CommonTopics.FAULT)).containsExactly("none");

        room(scenario, 70, 300, minute -> 23);
        assertThat(scenario.published(CommonTopics.FAULT)).containsExactly("none", "still-rising");
        assertThat(scenario.isOn("heat")).isFalse();

        room(scenario, 301, 310, minute -> 22.5625);
        assertThat(scenario.latest(CommonTopics.FAULT)).isEqualTo("still-rising");

        room(scenario, 311, 312, minute -> 22.5);
        assertThat(scenario.published(CommonTopics.FAULT)).containsExactly("none", "still-rising", "none");
    }

    @Test
    @Fault("B10")
    void coolingWaitsForItsOwnThresholdAndDoesNotHideAWeldedRelay() {
        var scenario = scenario(quick());
        scenario.every("2s", "0s", "1m", sensed(17)).every("2s", "1m2s", "10m", sensed(20));

        room(scenario, 10, 49, minute -> 20 + (minute - 10) / 20.0);
        assertThat(scenario.switchings()).endsWith("heat on@2s heat off@1m2s");

        room(scenario, 50, 69, minute -> 22 - (minute - 50) / 20.0);
        assertThat(scenario.isOn("cool")).isTrue();
        room(scenario, 70, 89, minute -> 20 + (minute - 70) / 20.0);
        assertThat(scenario.switchings()).endsWith("heat off@1m2s cool on@50m cool off@1h10m");
        assertThat(scenario.published(CommonTopics.FAULT)).containsExactly("none");

        room(scenario, 90, 100, minute -> 21);
        assertThat(scenario.published(CommonTopics.FAULT)).containsExactly("none", "still-rising");
    }

    @Test
    void aFallDuringCoolingIsNoProofThatHeatingIsOff() {
        var scenario = scenario(quick());
        scenario.every("2s", "0s", "1m", sensed(17)).every("2s", "1m2s", "10m", sensed(20));

        room(scenario, 10, 50, minute -> 20 + (minute - 10) / 20.0);
        room(scenario, 51, 110, minute -> 22 + (minute - 50) / 60.0);

        assertThat(scenario.isOn("cool")).as("it does what it can").isTrue();
        assertThat(scenario.latest(CommonTopics.FAULT)).isEqualTo("still-rising");
    }

    @Test
    void inTheFirstHalfHourARiseIsNoWarning() {
        var scenario = heatedTo20();

        room(scenario, 10, 35, minute -> 23);
        scenario.every("2s", "36m", "37m58s", sensed(23)); // It went off at 8m.
        assertThat(scenario.published(CommonTopics.FAULT)).containsExactly("none");

        scenario.until("38m");
        assertThat(scenario.published(CommonTopics.FAULT)).containsExactly("none", "still-rising");
    }

    @Test
    void aRiseAfterTheRoomHasCooledIsNoWarning() {
        var scenario = heatedTo20();

        room(scenario, 10, 40, minute -> 20.5);
        room(scenario, 41, 50, minute -> 20);
        room(scenario, 51, 150, minute -> 20 + (minute - 50) / 25.0);

        assertThat(scenario.published(CommonTopics.FAULT)).containsExactly("none");
    }

    @Test
    void aSlowRiseIsNoWarning() {
        var scenario = heatedTo20();

        room(scenario, 10, 260, minute -> 20 + (minute - 10) / 60.0);

        assertThat(scenario.published(CommonTopics.FAULT)).containsExactly("none");
    }

    @Test
    void aRiseBelowTheTargetIsNoWarning() {
        var scenario = heatedTo20();

        scenario.at("9m59s", target(23.5));
        room(scenario, 10, 180, minute -> Math.min(23.4375, 21.5625 + (minute - 10) / 20.0));

        assertThat(scenario.published(CommonTopics.FAULT)).containsExactly("none");
    }

    @Test
    void aSingleOutlierIsNoRise() {
        var scenario = heatedTo20();

        room(scenario, 10, 40, minute -> 20);
        scenario.at("40m50s", sensed(26));
        room(scenario, 41, 60, minute -> 20);
        scenario.at("60m50s", sensed(85));
        room(scenario, 61, 80, minute -> 20);

        assertThat(scenario.published(CommonTopics.FAULT)).containsExactly("none", "sensor-implausible", "none");
    }

    @Test
    void afterASilenceASingleReadingIsNoRise() {
        var scenario = heatedTo20();

        room(scenario, 10, 40, minute -> 20);
        scenario.at("45m", sensed(26)).every("2s", "45m2s", "46m", sensed(20));

        assertThat(scenario.published(CommonTopics.FAULT)).containsExactly("none", "sensor-silent", "none");
    }

    @Test
    void aRiseAndFallDuringCoolingIsNoRise() {
        var scenario = scenario(quick());
        scenario.every("2s", "0s", "1m", sensed(17)).every("2s", "1m2s", "10m", sensed(20));

        room(scenario, 10, 50, minute -> 20 + (minute - 10) / 20.0);
        room(scenario, 51, 110, minute -> minute % 2 == 0 ? 22 : 21);

        assertThat(scenario.isOn("cool")).isTrue();
        assertThat(scenario.published(CommonTopics.FAULT)).containsExactly("none");
    }

    @Test
    void anotherTargetDoesNotHideIt() {
        var scenario = heatedTo20();
        room(scenario, 10, 80, minute -> Math.min(23, 20 + (minute - 10) / 20.0));

        scenario.at("80m50s", target(24));
        room(scenario, 81, 90, minute -> 23);

        assertThat(scenario.isOn("heat")).isFalse();
        assertThat(scenario.published(CommonTopics.FAULT)).containsExactly("none", "still-rising");
    }

    @Test
    void theNextHeatingPeriodStartsANewWatch() {
        var scenario = heatedTo20();
        room(scenario, 10, 80, minute -> Math.min(23, 20 + (minute - 10) / 20.0));
        assertThat(scenario.latest(CommonTopics.FAULT)).isEqualTo("still-rising");

        scenario.at("80m50s", target(25));
        room(scenario, 81, 82, minute -> 23);

        assertThat(scenario.isOn("heat")).isTrue();
        assertThat(scenario.latest(CommonTopics.FAULT)).isEqualTo("none");
    }

    /** Off at 8m. */
    private static ControllerScenario<ThermostatState, ThermostatInput> heatedTo20() {
        var scenario = scenario(heatingOnly());
        scenario.every("2s", "0s", "7m58s", sensed(17)).every("2s", "8m", "9m58s", sensed(20));
        assertThat(scenario.switchings()).endsWith("heat on@5m heat off@8m");
        return scenario;
    }

    private static void room(
            ControllerScenario<ThermostatState, ThermostatInput> scenario,
            int fromMinute,
            int toMinute,
            IntToDoubleFunction degrees) {
        for (int minute = fromMinute; minute <= toMinute; minute++) {
            double steps = Math.floor(degrees.applyAsDouble(minute) * 16) / 16;
            scenario.every("20s", minute + "m", minute + "m40s", sensed(steps));
        }
    }
}
