package hearth.thermostat;

import static hearth.thermostat.Thermostats.quick;
import static hearth.thermostat.Thermostats.received;
import static hearth.thermostat.Thermostats.story;
import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.message.CommonTopics;
import org.junit.jupiter.api.Test;

/** Stories of a room that other nodes measure: several sensors, readings from the broker's store, readings sent twice. */
class SourcesTest {

    @Test
    void severalSensorsMakeOneRoom() {
        var story = story(quick("airco.sources = a, b"));

        for (int second = 1; second < 20; second += 2) {
            story.at(second + "s", received("a", 17)).at(second + "s", received("b", 19));
        }

        assertThat(story.isOn("heat")).as("the mean is 18").isTrue();
    }

    @Test
    void aSensorThatFallsSilentLeavesTheOthers() {
        var story = story(quick("airco.sources = a, b"));

        story.at("1s", received("a", 17))
                .at("2s", received("b", 21))
                .at("3s", received("a", 17))
                .at("4s", received("b", 21));
        story.every("5s", "5s", "1m", received("a", 17));

        assertThat(story.switchings()).isEqualTo("heat off@0s cool off@0s heat on@32s");
        assertThat(story.latest(CommonTopics.FAULT)).isEqualTo("none");
        story.every("5s", "1m5s", "6m", received("a", 17));
        assertThat(story.latest(CommonTopics.FAULT)).isEqualTo("source-silent");
    }

    @Test
    void aSensorThatGetsTooHotDoesNotHandTheRoomToAColdOne() {
        var story = story(quick("airco.sources = a, b"));

        for (int second = 1; second < 120; second += 5) {
            story.at(second + "s", received("a", second < 60 ? 59 : 61)).at(second + "s", received("b", 10));
        }
        assertThat(story.switchings()).isEqualTo("heat off@0s cool off@0s");
        assertThat(story.latest(CommonTopics.FAULT)).isEqualTo("sensor-implausible");

        story.every("5s", "2m1s", "3m", received("b", 10));
        assertThat(story.isOn("heat")).as("silent for 30 s, it is forgotten").isTrue();
        assertThat(story.latest(CommonTopics.FAULT)).isEqualTo("none");
    }

    @Test
    void aReadingSentTwiceConfirmsNothing() {
        var story = story(quick("airco.sources = a"));

        story.every("10s", "0s", "1m50s", received("a", 21)).at("1m59s", received("a", 5));
        story.at("2m2s", received("a", 5, 2));
        assertThat(story.switchings()).isEqualTo("heat off@0s cool off@0s");

        story.at("2m9s", received("a", 5));
        assertThat(story.isOn("heat")).as("measured again").isTrue();
    }

    @Test
    void anOldReadingFromTheBrokersStoreIsAsOldAsItIs() {
        var story = story(quick("airco.sources = a"));

        story.at("1s", received("a", 17, 25));
        story.at("3s", received("a", 17, 22)).until("1m");

        assertThat(story.switchings()).isEqualTo("heat off@0s cool off@0s heat on@3s heat off@11s");
    }

    @Test
    void aReadingOlderThanWhatIsKnownIsPassedOver() {
        var story = story(quick("airco.sources = a"));

        story.every("10s", "0s", "30s", received("a", 17)).at("35s", received("a", 25, 10));

        assertThat(story.switchings()).isEqualTo("heat off@0s cool off@0s heat on@10s");
    }

    @Test
    void whatNoRoomCanHaveIsBelievedHoweverSoonItComes() {
        var story = story(quick("airco.sources = a"));

        story.every("10s", "0s", "30s", received("a", 17)).at("31s", received("a", 85));

        assertThat(story.switchings()).endsWith("heat off@31s");
        assertThat(story.latest(CommonTopics.FAULT)).isEqualTo("sensor-implausible");
    }
}
