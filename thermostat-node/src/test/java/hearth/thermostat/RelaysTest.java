package hearth.thermostat;

import static hearth.thermostat.Thermostats.driveFailed;
import static hearth.thermostat.Thermostats.mode;
import static hearth.thermostat.Thermostats.quick;
import static hearth.thermostat.Thermostats.quickButFor;
import static hearth.thermostat.Thermostats.sensed;
import static hearth.thermostat.Thermostats.settings;
import static hearth.thermostat.Thermostats.story;
import static hearth.thermostat.Thermostats.target;
import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.message.CommonTopics;
import org.junit.jupiter.api.Test;

/** Stories of the relays: how long they run, how long they rest, and what becomes of one that does not obey. */
class RelaysTest {

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
    void aNewTargetDoesNotCutAShortRunShorter() {
        var story = story(settings());

        story.every("2s", "0s", "5m2s", sensed(17)).at("5m3s", target(10));
        story.every("2s", "5m4s", "8m", sensed(17));

        assertThat(story.switchings()).endsWith("heat on@5m heat off@7m cool on@7m30s");
    }

    @Test
    void fromHeatingToCoolingThereIsADeadTime() {
        var story = story(quickButFor("1m"));

        story.every("2s", "0s", "2m", sensed(17));
        story.every("2s", "2m2s", "5m", sensed(30));

        assertThat(story.switchings()).endsWith("heat on@1m heat off@2m2s cool on@3m2s");
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
    void noRelayStaysOnLongerThanItsMaximum() {
        var story = story(quick("airco.heat.max-on = 20m"));

        story.every("2s", "0s", "15m", sensed(17)).every("2s", "15m2s", "1h", sensed(17.6));

        assertThat(story.switchings()).contains("heat on@2s heat off@20m2s heat on@30m2s heat off@50m2s");
    }

    @Test
    void aRelayThatDoesNotSwitchOnIsToldAndTriedAgain() {
        var story = story(quick());

        story.at("1s", sensed(17)).at("2s", sensed(17));
        story.at("2s", driveFailed("heat"));
        assertThat(story.isOn("heat")).isFalse();
        assertThat(story.latest(ClimateTopics.ACTION)).isEqualTo(Action.IDLE);
        assertThat(story.latest(CommonTopics.FAULT)).isEqualTo("relay-heat");

        story.every("2s", "3s", "20s", sensed(17));
        assertThat(story.switchings()).endsWith("heat on@2s heat off@2s heat on@12s");
        assertThat(story.latest(CommonTopics.FAULT)).isEqualTo("none");
    }

    @Test
    void theCoolingRelayFailsUnderItsOwnName() {
        var story = story(quick());

        story.at("0s", sensed(25)).at("2s", sensed(25)).at("2s", driveFailed("cool"));

        assertThat(story.isOn("cool")).isFalse();
        assertThat(story.latest(CommonTopics.FAULT)).isEqualTo("relay-cool");
    }

    @Test
    void aRelayThatFailedIsToldUntilItHasWorkedForASecond() {
        var story = story(quick());

        story.at("0s", sensed(17)).at("2s", sensed(17)).at("2s", driveFailed("heat"));
        story.every("2s", "4s", "12s", sensed(17));
        assertThat(story.isOn("heat")).isTrue();
        assertThat(story.latest(CommonTopics.FAULT)).isEqualTo("relay-heat");

        story.until("13s");
        assertThat(story.published(CommonTopics.FAULT)).containsExactly("none", "relay-heat", "none");
    }

    @Test
    void aRelayThatFailedIsForgottenWhenNobodyWantsIt() {
        var story = story(quick());

        story.at("1s", sensed(17)).at("2s", sensed(17));
        story.at("2s", driveFailed("heat")).at("3s", mode(Mode.OFF));
        story.every("2s", "4s", "2m", sensed(17));

        assertThat(story.latest(CommonTopics.FAULT)).isEqualTo("none");
    }
}
