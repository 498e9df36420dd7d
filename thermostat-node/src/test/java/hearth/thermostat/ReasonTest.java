package hearth.thermostat;

import static hearth.thermostat.Thermostats.coolingOnly;
import static hearth.thermostat.Thermostats.mode;
import static hearth.thermostat.Thermostats.quick;
import static hearth.thermostat.Thermostats.sensed;
import static hearth.thermostat.Thermostats.settings;
import static hearth.thermostat.Thermostats.story;
import static org.assertj.core.api.Assertions.assertThat;

import hearth.testkit.ControllerScenario;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Stories of why an airco does what it does, as it tells the house. */
class ReasonTest {

    @Test
    void itSaysWhyAndForHowLong() {
        var story = story(settings());

        story.at("1s", sensed(17)).at("3s", sensed(17));

        Reason reason = story.latest(Reason.TOPIC);
        assertThat(reason.want()).isEqualTo(Action.HEATING);
        assertThat(reason.doing()).isEqualTo(Action.IDLE);
        assertThat(reason.code()).isEqualTo("boot");
        assertThat(Duration.between(reason.since(), reason.until())).isEqualTo(Duration.ofSeconds(299));
    }

    @Test
    void whileHeatingTheReasonIsTheTarget() {
        var story = story(quick());

        story.every("2s", "0s", "1m", sensed(17));

        assertThat(reason(story)).isEqualTo("HEATING HEATING to-target");
        assertThat(story.latest(Reason.TOPIC).until()).isEqualTo(story.instant("4h2s"));
    }

    @Test
    void whileCoolingTheReasonIsTheTarget() {
        var story = story(quick());

        story.every("2s", "0s", "1m", sensed(25));

        assertThat(reason(story)).isEqualTo("COOLING COOLING to-target");
    }

    @Test
    void whileFrostIsKeptOutTheReasonIsTheFrost() {
        var story = story(quick());

        story.at("0s", mode(Mode.OFF)).every("2s", "1s", "1m", sensed(7));

        assertThat(reason(story)).isEqualTo("HEATING HEATING frost");
    }

    @Test
    void whatWouldLikeToCoolSaysWhyItDoesNot() {
        var story = story(settings());

        story.every("2s", "0s", "1m", sensed(25));

        assertThat(reason(story)).isEqualTo("COOLING IDLE boot");
    }

    @Test
    void whereNothingIsWantedTheReasonIsTheBand() {
        var story = story(quick());

        story.every("2s", "0s", "1m", sensed(20));

        assertThat(reason(story)).isEqualTo("IDLE IDLE in-band");
    }

    @Test
    void ofTwoThatWantToRunTheReasonIsOfTheOneThatDoes() {
        var story = story(settings("airco.heat.min-off = 0s", "airco.cool.min-off = 0s", "airco.dead-time = 1s"));

        story.every("2s", "0s", "10s", sensed(25)).every("2s", "12s", "1m", sensed(17));

        assertThat(reason(story)).isEqualTo("HEATING COOLING min-on");
    }

    @Test
    void whileTheShortestRunLastsItSaysWhatTheRoomWantsAndWhyItDoesOtherwise() {
        var story = story(settings("airco.heat.min-off = 0s", "airco.cool.min-off = 0s", "airco.dead-time = 1s"));

        story.every("2s", "0s", "10s", sensed(17)).at("12s", sensed(20));
        assertThat(reason(story)).isEqualTo("IDLE HEATING min-on");
        assertThat(story.latest(Reason.TOPIC).until()).isEqualTo(story.instant("2m2s"));

        story.at("14s", sensed(25)).at("16s", sensed(25));
        assertThat(reason(story)).isEqualTo("COOLING HEATING min-on");
    }

    @Test
    void inModeHeatTheReasonIsAboutHeatingThoughItIsWarm() {
        var story = story(quick());

        story.at("0s", mode(Mode.HEAT)).every("2s", "1s", "1m", sensed(25));

        assertThat(reason(story)).isEqualTo("IDLE IDLE in-band");
    }

    @Test
    void inModeCoolTheReasonIsAboutCooling() {
        var story = story(quick());

        story.at("0s", mode(Mode.COOL)).every("2s", "1s", "10s", sensed(20.5));

        assertThat(story.latest(Reason.TOPIC).code()).isEqualTo("in-band");
    }

    @Test
    void inModeCoolFrostSaysWhatKeepsItFromHeating() {
        var story = story(settings());

        story.at("0s", mode(Mode.COOL)).every("2s", "1s", "10s", sensed(7));

        assertThat(reason(story)).isEqualTo("HEATING IDLE boot");
    }

    @Test
    void aCoolerAloneSaysWhatKeepsItFromCooling() {
        var story = story(coolingOnly("airco.target = 5.0"));

        story.every("2s", "0s", "1m", sensed(10));
        assertThat(reason(story)).isEqualTo("IDLE IDLE absolute-min");

        story.every("2s", "1m2s", "2m", sensed(10.5));
        assertThat(reason(story)).isEqualTo("COOLING IDLE boot");
    }

    @Test
    void aCoolerAloneThatIsSwitchedOffDoesNotComplainThatItCannotHeat() {
        var story = story(coolingOnly());

        story.at("0s", mode(Mode.OFF)).every("2s", "1s", "1m", sensed(17));

        assertThat(reason(story)).isEqualTo("IDLE OFF mode");
    }

    /** What it wants, what it does, because of what. */
    private static String reason(ControllerScenario<ThermostatState, ThermostatInput> story) {
        Reason reason = story.latest(Reason.TOPIC);
        return reason.want() + " " + reason.doing() + " " + reason.code();
    }
}
