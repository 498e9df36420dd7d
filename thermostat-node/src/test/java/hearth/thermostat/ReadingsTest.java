package hearth.thermostat;

import static hearth.thermostat.Thermostats.failed;
import static hearth.thermostat.Thermostats.quick;
import static hearth.thermostat.Thermostats.sensed;
import static hearth.thermostat.Thermostats.settings;
import static hearth.thermostat.Thermostats.story;
import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.message.CommonTopics;
import org.junit.jupiter.api.Test;

/** Stories of what sensors say: which reading counts, for how long, and what stands alone with its word. */
class ReadingsTest {

    @Test
    void heatingStopsWhenTheSensorFallsSilent() {
        var story = story(settings());

        story.every("2s", "0s", "5m1s", sensed(17)).until("10m");

        assertThat(story.switchings()).isEqualTo("heat off@0s cool off@0s heat on@5m heat off@5m30s");
        assertThat(story.latest(CommonTopics.FAULT)).isEqualTo("sensor-silent");
        assertThat(story.latest(ClimateTopics.ACTION)).isEqualTo(Action.IDLE);
    }

    @Test
    void heatingStopsWhenTheSensorOnlyFails() {
        var story = story(settings());

        story.every("2s", "0s", "5m2s", sensed(17));
        story.every("2s", "5m4s", "6m", failed("sensor-no-data"));

        assertThat(story.switchings()).isEqualTo("heat off@0s cool off@0s heat on@5m heat off@5m32s");
        assertThat(story.published(CommonTopics.FAULT)).containsExactly("none", "sensor-no-data");
    }

    @Test
    void oneFailedReadingIsNoFault() {
        var story = story(quick());

        story.every("2s", "0s", "1m", sensed(17)).at("1m2s", failed("sensor-no-data"));
        story.every("2s", "1m4s", "2m", sensed(17));

        assertThat(story.switchings()).isEqualTo("heat off@0s cool off@0s heat on@2s");
        assertThat(story.published(CommonTopics.FAULT)).containsExactly("none");
    }

    @Test
    void aLooseWireIsOneFaultWhateverItSays() {
        var story = story(quick());

        story.every("4s", "0s", "5m", failed("sensor-no-data"));
        for (int second = 1; second < 100; second += 2) {
            story.at((300 + second) + "s", failed(second % 4 == 1 ? "sensor-checksum" : "sensor-no-data"));
        }

        assertThat(story.published(CommonTopics.FAULT)).containsExactly("none", "sensor-no-data");
    }

    @Test
    void aFaultThatBecomesAnotherIsToldByItsNewName() {
        var story = story(quick());

        story.every("2s", "0s", "2m", failed("sensor-no-data"));
        story.every("2s", "2m2s", "2m30s", failed("sensor-short"));
        assertThat(story.published(CommonTopics.FAULT)).as("not steady yet").containsExactly("none", "sensor-no-data");

        story.every("2s", "2m32s", "5m", failed("sensor-short"));
        assertThat(story.published(CommonTopics.FAULT)).containsExactly("none", "sensor-no-data", "sensor-short");
    }

    @Test
    void aFaultThatKeepsChangingKeepsItsName() {
        var story = story(quick());

        story.every("2s", "0s", "2m", failed("sensor-no-data"));
        for (int minute = 2; minute < 60; minute++) {
            story.every("2s", minute + "m2s", minute + "m28s", failed("sensor-short"));
            story.at(minute + "m30s", failed("sensor-no-data"));
            story.every("2s", minute + "m32s", (minute + 1) + "m", failed("sensor-checksum"));
        }

        assertThat(story.published(CommonTopics.FAULT)).containsExactly("none", "sensor-no-data");
    }

    @Test
    void aSensorThatIsReadSeldomTellsItsOtherFaultAtTheSecondReading() {
        var story = story(quick("sensor.every = 5m", "sensor.stale-after = 30m"));

        story.every("5m", "0s", "30m", failed("sensor-no-data"));
        story.at("35m", failed("sensor-short"));
        assertThat(story.latest(CommonTopics.FAULT)).isEqualTo("sensor-no-data");

        story.at("40m", failed("sensor-short"));
        assertThat(story.latest(CommonTopics.FAULT)).isEqualTo("sensor-short");
    }

    @Test
    void itHealsByItselfWhenTheSensorIsBack() {
        var story = story(quick());

        story.every("2s", "0s", "1m", sensed(17)).until("5m");
        story.every("2s", "5m1s", "5m10s", sensed(17));

        assertThat(story.switchings()).endsWith("heat off@1m30s heat on@5m3s");
        assertThat(story.latest(CommonTopics.FAULT)).isEqualTo("none");
    }

    @Test
    void aReadingNoRoomCanHaveSwitchesOffAtOnce() {
        var story = story(settings());

        story.every("2s", "0s", "5m2s", sensed(17)).at("5m4s", sensed(85)).until("5m5s");

        assertThat(story.switchings()).endsWith("heat on@5m heat off@5m4s");
        assertThat(story.latest(CommonTopics.FAULT)).isEqualTo("sensor-implausible");
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
    void whatNoRoomCanHaveConfirmsNothing() {
        var story = story(quick());

        story.at("0s", sensed(61)).at("2s", sensed(59));
        assertThat(story.isOn("cool")).isFalse();

        story.at("4s", sensed(59));
        assertThat(story.isOn("cool")).isTrue();
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
    void aLoneWarmOutlierDoesNotCool() {
        var story = story(quick());

        story.every("2s", "0s", "1m", sensed(21)).at("1m2s", sensed(30)).at("1m4s", sensed(21));

        assertThat(story.switchings()).isEqualTo("heat off@0s cool off@0s");
    }

    @Test
    void anOutlierThatAsksForOffIsBelievedAtOnce() {
        var story = story(quick());

        story.every("2s", "0s", "1m", sensed(17)).at("1m2s", sensed(23));

        assertThat(story.switchings()).isEqualTo("heat off@0s cool off@0s heat on@2s heat off@1m2s");
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
}
