package hearth.thermostat;

import static hearth.thermostat.Thermostats.heatingOnly;
import static hearth.thermostat.Thermostats.quick;
import static hearth.thermostat.Thermostats.received;
import static hearth.thermostat.Thermostats.sensed;
import static hearth.thermostat.Thermostats.story;
import static hearth.thermostat.Thermostats.target;
import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.message.CommonTopics;
import hearth.testkit.ControllerScenario;
import hearth.testkit.fault.Fault;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** What is told and stops nothing: a sensor that feels nothing any more, a relay that may have welded. */
class WarningsTest {

    @Test
    @Fault("A10")
    void aReadingThatNeverChangesThroughSixHoursOfCoolingIsStuckRestsAside() {
        var story = story(quick());

        story.every("20s", "0s", "6h10m", sensed(22));
        assertThat(story.switchings()).as("with a rest").endsWith("cool on@20s cool off@4h20s cool on@4h10m20s");
        assertThat(story.published(CommonTopics.FAULT)).containsExactly("none");

        story.every("20s", "6h10m20s", "7h", sensed(22));
        assertThat(story.published(CommonTopics.FAULT)).containsExactly("none", "sensor-stuck");
        assertThat(story.isOn("cool")).as("it only warns").isTrue();

        story.at("7h20s", sensed(22.0625));
        assertThat(story.published(CommonTopics.FAULT)).containsExactly("none", "sensor-stuck", "none");
    }

    @Test
    void theHourIsToldWhenItComesAndNotWithTheNextReading() {
        var story = story(quick("sensor.stale-after = 30m"));

        story.every("10m", "0s", "6h10m", sensed(22)).until("6h19m59s");
        assertThat(story.latest(CommonTopics.FAULT)).isEqualTo("none");

        story.until("6h20m");
        assertThat(story.switchings()).endsWith("cool on@10m cool off@4h10m cool on@4h20m");
        assertThat(story.latest(CommonTopics.FAULT)).isEqualTo("sensor-stuck");
    }

    @Test
    void aRoomInBalanceThatFlickersOnceInAWhileIsNoFault() {
        var story = story(quick());

        for (int hour = 0; hour < 24; hour++) {
            story.every("20s", hour + "h", hour + "h59m40s", sensed(hour % 6 == 5 ? 22.0625 : 22));
        }

        assertThat(story.published(CommonTopics.FAULT)).containsExactly("none");
    }

    @Test
    void aStillHouseThatNeedsNothingIsNoFault() {
        var story = story(quick());

        story.every("20s", "0s", "12h", sensed(19));

        assertThat(story.published(CommonTopics.FAULT)).containsExactly("none");
    }

    @Test
    void ofTwoSensorsTheStuckOneIsFoundThoughTheOtherFeelsTheHeating() {
        var story = story(quick("airco.sources = a, b"));

        for (int second = 0; second < 7 * 3600; second += 10) {
            int minute = second / 60 % 250; // Four hours of heating, ten minutes of rest.
            double other = minute < 240 ? 18 + Math.min(minute, 60) / 20.0 : 18;
            story.at(second + "s", received("a", 17)).at(second + "s", received("b", other));
        }

        assertThat(story.published(CommonTopics.FAULT)).containsExactly("none", "sensor-stuck");
    }

    @Test
    void aStuckSensorThatFallsSilentIsToldAsSilent() {
        var story = story(quick());
        story.every("20s", "0s", "6h11m", sensed(22));
        assertThat(story.latest(CommonTopics.FAULT)).isEqualTo("sensor-stuck");

        story.until("6h12m");

        assertThat(story.latest(CommonTopics.FAULT)).isEqualTo("sensor-silent");
    }

    @Test
    void aStuckSensorThatFallsSilentIsNotMissedWhileThereIsAnother() {
        var story = story(quick("airco.sources = a, b"));
        for (int second = 0; second < 6 * 3600 + 15 * 60; second += 20) {
            story.at(second + "s", received("a", 22)).at(second + "s", received("b", second % 40 == 0 ? 22 : 22.0625));
        }
        assertThat(story.published(CommonTopics.FAULT)).containsExactly("none", "sensor-stuck");

        story.every("20s", "6h15m", "6h25m", received("b", 22));

        assertThat(story.published(CommonTopics.FAULT))
                .containsExactly("none", "sensor-stuck", "none", "source-silent");
    }

    @Test
    void sixHoursAreEnoughThoughTheRunEndsWithThem() {
        var story = story(quick("airco.cool.max-on = 6h"));

        story.every("20s", "0s", "6h5m", sensed(22));

        assertThat(story.switchings()).endsWith("cool on@20s cool off@6h20s");
        assertThat(story.published(CommonTopics.FAULT)).containsExactly("none", "sensor-stuck");
    }

    @Test
    @Fault("B10")
    void aRoomThatGetsThreeKelvinWarmerAfterItsHeatingIsToldUntilItGetsColder() {
        var story = heatedTo20();

        room(story, 10, 69, minute -> 20 + (minute - 10) / 20.0);
        assertThat(story.published(CommonTopics.FAULT)).containsExactly("none");

        room(story, 70, 300, minute -> 23);
        assertThat(story.published(CommonTopics.FAULT)).containsExactly("none", "still-rising");
        assertThat(story.isOn("heat")).isFalse();

        room(story, 301, 310, minute -> 22.5625);
        assertThat(story.latest(CommonTopics.FAULT)).isEqualTo("still-rising");

        room(story, 311, 312, minute -> 22.5);
        assertThat(story.published(CommonTopics.FAULT)).containsExactly("none", "still-rising", "none");
    }

    @Test
    @Fault("B10")
    void coolingWaitsForItsOwnThresholdAndDoesNotHideARelayThatWelded() {
        var story = story(quick());
        story.every("2s", "0s", "1m", sensed(17)).every("2s", "1m2s", "10m", sensed(20));

        room(story, 10, 49, minute -> 20 + (minute - 10) / 20.0);
        assertThat(story.switchings()).endsWith("heat on@2s heat off@1m2s");

        room(story, 50, 69, minute -> 22 - (minute - 50) / 20.0);
        assertThat(story.isOn("cool")).isTrue();
        room(story, 70, 89, minute -> 20 + (minute - 70) / 20.0);
        assertThat(story.switchings()).endsWith("heat off@1m2s cool on@50m cool off@1h10m");
        assertThat(story.published(CommonTopics.FAULT)).containsExactly("none");

        room(story, 90, 100, minute -> 21);
        assertThat(story.published(CommonTopics.FAULT)).containsExactly("none", "still-rising");
    }

    @Test
    void whatCoolsAwayWhileTheOtherSideRunsIsNoProofThatHeatingIsOff() {
        var story = story(quick());
        story.every("2s", "0s", "1m", sensed(17)).every("2s", "1m2s", "10m", sensed(20));

        room(story, 10, 50, minute -> 20 + (minute - 10) / 20.0);
        room(story, 51, 110, minute -> 22 + (minute - 50) / 60.0);

        assertThat(story.isOn("cool")).as("it does what it can").isTrue();
        assertThat(story.latest(CommonTopics.FAULT)).isEqualTo("still-rising");
    }

    @Test
    void inTheFirstHalfHourRadiatorsGiveOffWhatTheyHold() {
        var story = heatedTo20();

        room(story, 10, 35, minute -> 23);
        story.every("2s", "36m", "37m58s", sensed(23)); // It went off at 8m.
        assertThat(story.published(CommonTopics.FAULT)).containsExactly("none");

        story.until("38m");
        assertThat(story.published(CommonTopics.FAULT)).containsExactly("none", "still-rising");
    }

    @Test
    void aRoomThatHasCooledMayBeWarmedByTheSun() {
        var story = heatedTo20();

        room(story, 10, 40, minute -> 20.5);
        room(story, 41, 50, minute -> 20);
        room(story, 51, 150, minute -> 20 + (minute - 50) / 25.0);

        assertThat(story.published(CommonTopics.FAULT)).containsExactly("none");
    }

    @Test
    void aRoomThatGetsWarmSlowlyIsWarmedByTheSun() {
        var story = heatedTo20();

        room(story, 10, 260, minute -> 20 + (minute - 10) / 60.0);

        assertThat(story.published(CommonTopics.FAULT)).containsExactly("none");
    }

    @Test
    void aRoomBelowItsTargetMayGetWarmer() {
        var story = heatedTo20();

        story.at("9m59s", target(23.5));
        room(story, 10, 180, minute -> Math.min(23.4375, 21.5625 + (minute - 10) / 20.0));

        assertThat(story.published(CommonTopics.FAULT)).containsExactly("none");
    }

    @Test
    void aLoneOutlierIsNoRise() {
        var story = heatedTo20();

        room(story, 10, 40, minute -> 20);
        story.at("40m50s", sensed(26));
        room(story, 41, 60, minute -> 20);
        story.at("60m50s", sensed(85));
        room(story, 61, 80, minute -> 20);

        assertThat(story.published(CommonTopics.FAULT)).containsExactly("none", "sensor-implausible", "none");
    }

    @Test
    void afterASilenceALoneReadingIsNoRise() {
        var story = heatedTo20();

        room(story, 10, 40, minute -> 20);
        story.at("45m", sensed(26)).every("2s", "45m2s", "46m", sensed(20));

        assertThat(story.published(CommonTopics.FAULT)).containsExactly("none", "sensor-silent", "none");
    }

    @Test
    void whatGoesUpAndDownWhileTheOtherSideRunsIsNoRise() {
        var story = story(quick());
        story.every("2s", "0s", "1m", sensed(17)).every("2s", "1m2s", "10m", sensed(20));

        room(story, 10, 50, minute -> 20 + (minute - 10) / 20.0);
        room(story, 51, 110, minute -> minute % 2 == 0 ? 22 : 21);

        assertThat(story.isOn("cool")).isTrue();
        assertThat(story.published(CommonTopics.FAULT)).containsExactly("none");
    }

    @Test
    void anotherTargetDoesNotHideIt() {
        var story = heatedTo20();
        room(story, 10, 80, minute -> Math.min(23, 20 + (minute - 10) / 20.0));

        story.at("80m50s", target(24));
        room(story, 81, 90, minute -> 23);

        assertThat(story.isOn("heat")).isFalse();
        assertThat(story.published(CommonTopics.FAULT)).containsExactly("none", "still-rising");
    }

    @Test
    void heatingAgainBeginsAnew() {
        var story = heatedTo20();
        room(story, 10, 80, minute -> Math.min(23, 20 + (minute - 10) / 20.0));
        assertThat(story.latest(CommonTopics.FAULT)).isEqualTo("still-rising");

        story.at("80m50s", target(25));
        room(story, 81, 82, minute -> 23);

        assertThat(story.isOn("heat")).isTrue();
        assertThat(story.latest(CommonTopics.FAULT)).isEqualTo("none");
    }

    /** Off at 8m. */
    private static ControllerScenario<ThermostatState, ThermostatInput> heatedTo20() {
        var story = story(heatingOnly());
        story.every("2s", "0s", "7m58s", sensed(17)).every("2s", "8m", "9m58s", sensed(20));
        assertThat(story.switchings()).endsWith("heat on@5m heat off@8m");
        return story;
    }

    private static void room(
            ControllerScenario<ThermostatState, ThermostatInput> story,
            int fromMinute,
            int toMinute,
            IntToDoubleFunction degrees) {
        for (int minute = fromMinute; minute <= toMinute; minute++) {
            double steps = Math.floor(degrees.applyAsDouble(minute) * 16) / 16;
            story.every("20s", minute + "m", minute + "m40s", sensed(steps));
        }
    }
}
