package hearth.thermostat;

import static hearth.thermostat.Thermostats.quick;
import static hearth.thermostat.Thermostats.received;
import static hearth.thermostat.Thermostats.scenario;
import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.message.CommonTopics;
import org.junit.jupiter.api.Test;

/** Temperatures of other nodes: several sources, retained readings, copies. */
class SourcesTest {

    @Test
    void severalSourcesAreCombined() {
        var scenario = scenario(quick("airco.sources = a, b"));

        for (int second = 1; second < 20; second += 2) {
            scenario.at(second + "s", received("a", 17)).at(second + "s", received("b", 19));
        }

        assertThat(scenario.isOn("heat")).as("the mean is 18").isTrue();
    }

    @Test
    void withASilentSourceTheOthersAreUsed() {
        var scenario = scenario(quick("airco.sources = a, b"));

        scenario.at("1s", received("a", 17))
                .at("2s", received("b", 21))
                .at("3s", received("a", 17))
                .at("4s", received("b", 21));
        scenario.every("5s", "5s", "1m", received("a", 17));

        assertThat(scenario.switchings()).isEqualTo("heat off@0s cool off@0s heat on@32s");
        assertThat(scenario.latest(CommonTopics.FAULT)).isEqualTo("none");
        scenario.every("5s", "1m5s", "6m", received("a", 17));
        assertThat(scenario.latest(CommonTopics.FAULT)).isEqualTo("source-silent");
    }

    @Test
    void anImplausiblyHotSourceDoesNotLeaveTheDecisionToAColdOne() {
        var scenario = scenario(quick("airco.sources = a, b"));

        for (int second = 1; second < 120; second += 5) {
            scenario.at(second + "s", received("a", second < 60 ? 59 : 61)).at(second + "s", received("b", 10));
        }
        assertThat(scenario.switchings()).isEqualTo("heat off@0s cool off@0s");
        assertThat(scenario.latest(CommonTopics.FAULT)).isEqualTo("sensor-implausible");

        scenario.every("5s", "2m1s", "3m", received("b", 10));
        assertThat(scenario.isOn("heat"))
                .as("without a reading for 30 s it is not used")
                .isTrue();
        assertThat(scenario.latest(CommonTopics.FAULT)).isEqualTo("none");
    }

    @Test
    void aReadingSentTwiceConfirmsNothing() {
        var scenario = scenario(quick("airco.sources = a"));

        scenario.every("10s", "0s", "1m50s", received("a", 21)).at("1m59s", received("a", 5));
        scenario.at("2m2s", received("a", 5, 2));
        assertThat(scenario.switchings()).isEqualTo("heat off@0s cool off@0s");

        scenario.at("2m9s", received("a", 5));
        assertThat(scenario.isOn("heat")).as("measured again").isTrue();
    }

    @Test
    void aRetainedReadingKeepsItsAge() {
        var scenario = scenario(quick("airco.sources = a"));

        scenario.at("1s", received("a", 17, 25));
        scenario.at("3s", received("a", 17, 22)).until("1m");

        assertThat(scenario.switchings()).isEqualTo("heat off@0s cool off@0s heat on@3s heat off@11s");
    }

    @Test
    void aReadingOlderThanTheLatestIsIgnored() {
        var scenario = scenario(quick("airco.sources = a"));

        scenario.every("10s", "0s", "30s", received("a", 17)).at("35s", received("a", 25, 10));

        assertThat(scenario.switchings()).isEqualTo("heat off@0s cool off@0s heat on@10s");
    }

    @Test
    void anImplausibleReadingCountsHoweverSoonItArrives() {
        var scenario = scenario(quick("airco.sources = a"));

        scenario.every("10s", "0s", "30s", received("a", 17)).at("31s", received("a", 85));

        assertThat(scenario.switchings()).endsWith("heat off@31s");
        assertThat(scenario.latest(CommonTopics.FAULT)).isEqualTo("sensor-implausible");
    }
}
