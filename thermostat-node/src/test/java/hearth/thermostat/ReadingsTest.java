package hearth.thermostat;

import static hearth.thermostat.Thermostats.failed;
import static hearth.thermostat.Thermostats.quick;
import static hearth.thermostat.Thermostats.scenario;
import static hearth.thermostat.Thermostats.sensed;
import static hearth.thermostat.Thermostats.settings;
import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.message.CommonTopics;
import org.junit.jupiter.api.Test;

/** Readings of sensors: which of them count, for how long, and which are outliers. */
class ReadingsTest {

    @Test
    void heatingStopsWhenTheSensorFallsSilent() {
        var scenario = scenario(settings());

        scenario.every("2s", "0s", "5m1s", sensed(17)).until("10m");

        assertThat(scenario.switchings()).isEqualTo("heat off@0s cool off@0s heat on@5m heat off@5m30s");
        assertThat(scenario.latest(CommonTopics.FAULT)).isEqualTo("sensor-silent");
        assertThat(scenario.latest(ClimateTopics.ACTION)).isEqualTo(Action.IDLE);
    }

    @Test
    void heatingStopsWhenTheSensorOnlyFails() {
        var scenario = scenario(settings());

        scenario.every("2s", "0s", "5m2s", sensed(17));
        scenario.every("2s", "5m4s", "6m", failed("sensor-no-data"));

        assertThat(scenario.switchings()).isEqualTo("heat off@0s cool off@0s heat on@5m heat off@5m32s");
        assertThat(scenario.published(CommonTopics.FAULT)).containsExactly("none", "sensor-no-data");
    }

    @Test
    void oneFailedReadingIsNoFault() {
        var scenario = scenario(quick());

        scenario.every("2s", "0s", "1m", sensed(17)).at("1m2s", failed("sensor-no-data"));
        scenario.every("2s", "1m4s", "2m", sensed(17));

        assertThat(scenario.switchings()).isEqualTo("heat off@0s cool off@0s heat on@2s");
        assertThat(scenario.published(CommonTopics.FAULT)).containsExactly("none");
    }

    @Test
    void aLooseWireKeepsOneFaultCode() {
        var scenario = scenario(quick());

        scenario.every("4s", "0s", "5m", failed("sensor-no-data"));
        for (int second = 1; second < 100; second += 2) {
            scenario.at((300 + second) + "s", failed(second % 4 == 1 ? "sensor-checksum" : "sensor-no-data"));
        }

        assertThat(scenario.published(CommonTopics.FAULT)).containsExactly("none", "sensor-no-data");
    }

    @Test
    void aFaultThatBecomesAnotherGetsTheNewCode() {
        var scenario = scenario(quick());

        scenario.every("2s", "0s", "2m", failed("sensor-no-data"));
        scenario.every("2s", "2m2s", "2m30s", failed("sensor-short"));
        assertThat(scenario.published(CommonTopics.FAULT))
                .as("not steady yet")
                .containsExactly("none", "sensor-no-data");

        scenario.every("2s", "2m32s", "5m", failed("sensor-short"));
        assertThat(scenario.published(CommonTopics.FAULT)).containsExactly("none", "sensor-no-data", "sensor-short");
    }

    @Test
    void aFaultThatKeepsChangingKeepsItsCode() {
        var scenario = scenario(quick());

        scenario.every("2s", "0s", "2m", failed("sensor-no-data"));
        for (int minute = 2; minute < 60; minute++) {
            scenario.every("2s", minute + "m2s", minute + "m28s", failed("sensor-short"));
            scenario.at(minute + "m30s", failed("sensor-no-data"));
            scenario.every("2s", minute + "m32s", (minute + 1) + "m", failed("sensor-checksum"));
        }

        assertThat(scenario.published(CommonTopics.FAULT)).containsExactly("none", "sensor-no-data");
    }

    @Test
    void aSensorThatIsReadRarelyGetsTheNewCodeAtTheSecondReading() {
        var scenario = scenario(quick("sensor.every = 5m", "sensor.stale-after = 30m"));

        scenario.every("5m", "0s", "30m", failed("sensor-no-data"));
        scenario.at("35m", failed("sensor-short"));
        assertThat(scenario.latest(CommonTopics.FAULT)).isEqualTo("sensor-no-data");

        scenario.at("40m", failed("sensor-short"));
        assertThat(scenario.latest(CommonTopics.FAULT)).isEqualTo("sensor-short");
    }

    @Test
    void theFaultClearsByItselfWhenTheSensorIsBack() {
        var scenario = scenario(quick());

        scenario.every("2s", "0s", "1m", sensed(17)).until("5m");
        scenario.every("2s", "5m1s", "5m10s", sensed(17));

        assertThat(scenario.switchings()).endsWith("heat off@1m30s heat on@5m3s");
        assertThat(scenario.latest(CommonTopics.FAULT)).isEqualTo("none");
    }

    @Test
    void anImplausibleReadingSwitchesOffAtOnce() {
        var scenario = scenario(settings());

        scenario.every("2s", "0s", "5m2s", sensed(17)).at("5m4s", sensed(85)).until("5m5s");

        assertThat(scenario.switchings()).endsWith("heat on@5m heat off@5m4s");
        assertThat(scenario.latest(CommonTopics.FAULT)).isEqualTo("sensor-implausible");
    }

    @Test
    void afterAnImplausibleReadingTheNextNeedsConfirming() {
        var scenario = scenario(quick());

        scenario.every("2s", "0s", "10s", sensed(19)).at("12s", sensed(85)).at("14s", sensed(17));
        assertThat(scenario.switchings()).isEqualTo("heat off@0s cool off@0s");

        scenario.at("16s", sensed(17));
        assertThat(scenario.isOn("heat")).isTrue();
    }

    @Test
    void anImplausibleReadingConfirmsNothing() {
        var scenario = scenario(quick());

        scenario.at("0s", sensed(61)).at("2s", sensed(59));
        assertThat(scenario.isOn("cool")).isFalse();

        scenario.at("4s", sensed(59));
        assertThat(scenario.isOn("cool")).isTrue();
    }

    @Test
    void aSingleOutlierDoesNotStartHeating() {
        var scenario = scenario(quick());

        scenario.every("2s", "0s", "1m", sensed(19)).at("1m2s", sensed(12)).at("1m4s", sensed(19));
        assertThat(scenario.switchings()).isEqualTo("heat off@0s cool off@0s");

        scenario.at("1m6s", sensed(12)).at("1m8s", sensed(12.1));
        assertThat(scenario.switchings()).endsWith("heat on@1m8s");
    }

    @Test
    void aSingleOutlierDoesNotStartCooling() {
        var scenario = scenario(quick());

        scenario.every("2s", "0s", "1m", sensed(21)).at("1m2s", sensed(30)).at("1m4s", sensed(21));

        assertThat(scenario.switchings()).isEqualTo("heat off@0s cool off@0s");
    }

    @Test
    void anOutlierThatAsksForOffSwitchesOffAtOnce() {
        var scenario = scenario(quick());

        scenario.every("2s", "0s", "1m", sensed(17)).at("1m2s", sensed(23));

        assertThat(scenario.switchings()).isEqualTo("heat off@0s cool off@0s heat on@2s heat off@1m2s");
    }

    @Test
    void aJumpOfFiveKelvinIsAReadingAndALargerJumpIsAnOutlier() {
        var scenario = scenario(quick());
        var other = scenario(quick());

        scenario.at("0s", sensed(19)).at("2s", sensed(19)).at("4s", sensed(14));
        other.at("0s", sensed(19)).at("2s", sensed(19)).at("4s", sensed(13.9375));

        assertThat(scenario.isOn("heat")).isTrue();
        assertThat(other.isOn("heat")).isFalse();
    }

    @Test
    void afterAnOutlierAReadingLikeTheOnesBeforeIsConfirmedAtOnce() {
        var scenario = scenario(quick());

        scenario.every("2s", "0s", "10s", sensed(19)).at("12s", sensed(10)).at("14s", sensed(18));

        assertThat(scenario.switchings()).endsWith("heat on@14s");
    }

    @Test
    void anUnconfirmedReadingConfirmsNothing() {
        var scenario = scenario(quick());

        scenario.at("0s", sensed(17)).at("2s", sensed(30)).at("4s", sensed(17));
        assertThat(scenario.switchings()).isEqualTo("heat off@0s cool off@0s");

        scenario.at("6s", sensed(17));
        assertThat(scenario.isOn("heat")).isTrue();
    }
}
