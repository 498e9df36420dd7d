package hearth.thermostat;

import static hearth.thermostat.Thermostats.driveFailed;
import static hearth.thermostat.Thermostats.mode;
import static hearth.thermostat.Thermostats.quick;
import static hearth.thermostat.Thermostats.quickWithDeadTime;
import static hearth.thermostat.Thermostats.scenario;
import static hearth.thermostat.Thermostats.sensed;
import static hearth.thermostat.Thermostats.settings;
import static hearth.thermostat.Thermostats.target;
import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.message.CommonTopics;
import org.junit.jupiter.api.Test;

/** Minimum and maximum periods of the relays, their pauses, and relays that do not switch. */
class RelaysTest {

    @Test
    void aBootCountsAsASwitchOff() {
        var scenario = scenario(settings());

        scenario.every("2s", "1s", "10m", sensed(15));

        assertThat(scenario.switchings()).isEqualTo("heat off@0s cool off@0s heat on@5m");
    }

    @Test
    void itKeepsTheMinimumPauseAndTheMinimumPeriod() {
        var scenario = scenario(settings());

        scenario.every("2s", "1s", "5m", sensed(17)); // on at 5m
        scenario.every("2s", "5m1s", "8m", sensed(20)); // min-on lasts until 7m
        scenario.every("2s", "8m1s", "20m", sensed(17)); // min-off lasts until 12m

        assertThat(scenario.switchings()).isEqualTo("heat off@0s cool off@0s heat on@5m heat off@7m heat on@12m");
    }

    @Test
    void aNewTargetDoesNotShortenTheMinimumPeriod() {
        var scenario = scenario(settings());

        scenario.every("2s", "0s", "5m2s", sensed(17)).at("5m3s", target(10));
        scenario.every("2s", "5m4s", "8m", sensed(17));

        assertThat(scenario.switchings()).endsWith("heat on@5m heat off@7m cool on@7m30s");
    }

    @Test
    void fromHeatingToCoolingThereIsADeadTime() {
        var scenario = scenario(quickWithDeadTime("1m"));

        scenario.every("2s", "0s", "2m", sensed(17));
        scenario.every("2s", "2m2s", "5m", sensed(30));

        assertThat(scenario.switchings()).endsWith("heat on@1m heat off@2m2s cool on@3m2s");
    }

    @Test
    void aDeadTimeDoesNotShortenAPause() {
        var scenario = scenario(settings());

        scenario.every("2s", "0s", "5m", sensed(17)).every("2s", "5m2s", "8m58s", sensed(30));
        scenario.every("2s", "9m", "20m", sensed(17));

        assertThat(scenario.switchings())
                .isEqualTo("heat off@0s cool off@0s heat on@5m heat off@7m cool on@7m30s cool off@9m30s heat on@12m");
    }

    @Test
    void noRelayStaysOnLongerThanItsMaximum() {
        var scenario = scenario(quick("airco.heat.max-on = 20m"));

        scenario.every("2s", "0s", "15m", sensed(17)).every("2s", "15m2s", "1h", sensed(17.6));

        assertThat(scenario.switchings()).contains("heat on@2s heat off@20m2s heat on@30m2s heat off@50m2s");
    }

    @Test
    void aRelayThatDoesNotSwitchOnIsAFaultAndTriedAgain() {
        var scenario = scenario(quick());

        scenario.at("1s", sensed(17)).at("2s", sensed(17));
        scenario.at("2s", driveFailed("heat"));
        assertThat(scenario.isOn("heat")).isFalse();
        assertThat(scenario.latest(ClimateTopics.ACTION)).isEqualTo(Action.IDLE);
        assertThat(scenario.latest(CommonTopics.FAULT)).isEqualTo("relay-heat");

        scenario.every("2s", "3s", "20s", sensed(17));
        assertThat(scenario.switchings()).endsWith("heat on@2s heat off@2s heat on@12s");
        assertThat(scenario.latest(CommonTopics.FAULT)).isEqualTo("none");
    }

    @Test
    void theCoolingRelayHasItsOwnFaultCode() {
        var scenario = scenario(quick());

        scenario.at("0s", sensed(25)).at("2s", sensed(25)).at("2s", driveFailed("cool"));

        assertThat(scenario.isOn("cool")).isFalse();
        assertThat(scenario.latest(CommonTopics.FAULT)).isEqualTo("relay-cool");
    }

    @Test
    void aRelayFaultIsPublishedUntilTheRelayHasWorkedForASecond() {
        var scenario = scenario(quick());

        scenario.at("0s", sensed(17)).at("2s", sensed(17)).at("2s", driveFailed("heat"));
        scenario.every("2s", "4s", "12s", sensed(17));
        assertThat(scenario.isOn("heat")).isTrue();
        assertThat(scenario.latest(CommonTopics.FAULT)).isEqualTo("relay-heat");

        scenario.until("13s");
        assertThat(scenario.published(CommonTopics.FAULT)).containsExactly("none", "relay-heat", "none");
    }

    @Test
    void aRelayFaultEndsWhenTheRelayIsNotNeededAnyMore() {
        var scenario = scenario(quick());

        scenario.at("1s", sensed(17)).at("2s", sensed(17));
        scenario.at("2s", driveFailed("heat")).at("3s", mode(Mode.OFF));
        scenario.every("2s", "4s", "2m", sensed(17));

        assertThat(scenario.latest(CommonTopics.FAULT)).isEqualTo("none");
    }
}
