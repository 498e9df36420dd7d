package hearth.thermostat;

import static hearth.thermostat.Thermostats.quick;
import static hearth.thermostat.Thermostats.reset;
import static hearth.thermostat.Thermostats.sensed;
import static hearth.thermostat.Thermostats.story;
import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.message.Common;
import org.junit.jupiter.api.Test;

/** Stories of heating that is of no use, and of heating that is although it looks otherwise. */
class DeadHeaterTest {

    @Test
    void whileItRestsItSaysSoAndForHowLong() {
        var story = story(quick());

        story.every("20s", "0s", "35m", sensed(17));

        Reason reason = story.says(Reason.TOPIC);
        assertThat(reason.want()).isEqualTo(Action.HEATING);
        assertThat(reason.doing()).isEqualTo(Action.IDLE);
        assertThat(reason.because()).isEqualTo("no-response");
        assertThat(reason.until()).isEqualTo(story.instant("1h20s"));
    }

    @Test
    void aResetDoesNotCutItsRestShort() {
        var story = story(quick());

        story.every("20s", "0s", "31m", sensed(17)).at("31m1s", reset());
        story.every("20s", "31m20s", "1h1m", sensed(17));

        assertThat(story.switchings()).endsWith("heat on@20s heat off@30m20s heat on@1h20s");
    }

    @Test
    void itsRestDoesNotKeepCoolingOff() {
        var story = story(quick());

        story.every("20s", "0s", "31m", sensed(17)).every("20s", "31m20s", "33m", sensed(23));

        assertThat(story.isOn("cool")).isTrue();
    }

    @Test
    void coolingInBetweenForgivesNothing() {
        var story = story(quick());

        for (int hour = 0; hour < 3; hour++) {
            story.every("20s", hour + "h", hour + "h31m", sensed(17));
            story.every("20s", hour + "h31m20s", hour + "h40m", sensed(23));
            story.every("20s", hour + "h40m20s", hour + "h59m40s", sensed(20));
        }

        assertThat(story.says(Common.FAULT)).isEqualTo("no-response-latched");
        assertThat(story.switchings()).contains("cool on@31m40s cool off@40m20s");
    }

    @Test
    void fallenSilentTheMomentItIsJudgedItIsJudgedAMinuteIntoTheNextRun() {
        var story = story(quick());

        story.every("2s", "0s", "29m32s", sensed(17)).until("35m");
        assertThat(story.switchings()).endsWith("heat on@2s heat off@30m2s");
        assertThat(story.says(Common.FAULT)).isEqualTo("sensor-silent");

        story.every("2s", "35m1s", "40m", sensed(17));
        assertThat(story.switchings()).endsWith("heat on@35m3s heat off@36m3s");
        assertThat(story.says(Common.FAULT)).isEqualTo("no-response");
    }

    @Test
    void aHeaterThatWarmsIsNoFaultThoughEachRunIsCutShort() {
        var story = story(quick("airco.heat.max-on = 20m"));

        for (int minute = 0; minute < 180; minute += 30) { // 20 minutes of heating, 10 of rest.
            story.every("20s", minute + "m", minute + "m40s", sensed(17));
            story.every("20s", (minute + 1) + "m", (minute + 12) + "m40s", sensed(17.25));
            story.every("20s", (minute + 13) + "m", (minute + 20) + "m40s", sensed(17.5));
            story.every("20s", (minute + 21) + "m", (minute + 29) + "m40s", sensed(17));
        }

        assertThat(story.said(Common.FAULT)).containsExactly("none");
    }

    @Test
    void heatingThatWasOfUseIsNotHeldAgainstItWhenSomebodyOpensAWindow() {
        var story = story(quick("airco.heat.max-on = 40m"));

        for (int minute = 0; minute < 250; minute += 50) { // 40 minutes of heating, 10 of rest.
            story.every("20s", minute + "m", (minute + 14) + "m40s", sensed(17));
            story.every("20s", (minute + 15) + "m", (minute + 34) + "m40s", sensed(17.75));
            story.every("20s", (minute + 35) + "m", (minute + 49) + "m40s", sensed(17));
        }

        assertThat(story.said(Common.FAULT)).containsExactly("none");
    }
}
