package hearth.thermostat;

import static hearth.thermostat.Thermostats.heatingOnly;
import static hearth.thermostat.Thermostats.mode;
import static hearth.thermostat.Thermostats.quick;
import static hearth.thermostat.Thermostats.reported;
import static hearth.thermostat.Thermostats.story;
import static hearth.thermostat.Thermostats.target;
import static hearth.thermostat.Thermostats.withLostState;
import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.core.EffectReport;
import hearth.common.message.Command;
import hearth.common.message.Command.Press;
import hearth.common.message.CommonTopics;
import hearth.common.message.Result;
import hearth.common.message.Result.Outcome;
import hearth.common.value.Celsius;
import hearth.testkit.fault.Fault;
import hearth.thermostat.ThermostatInput.Reset;
import hearth.thermostat.ThermostatInput.TargetSet;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Stories of what an airco is told to do: which command acts, and how it is answered. */
class CommandsTest {

    @Test
    void plainCommandsActAsOftenAsTheyCome() {
        var story = story(quick());

        story.at("1s", target(21)).at("2s", target(20)).at("3s", target(21));

        assertThat(story.published(ClimateTopics.TARGET))
                .containsExactly(Celsius.of(20), Celsius.of(21), Celsius.of(20), Celsius.of(21));
        assertThat(story.announced(Result.TOPIC)).hasSize(3);
    }

    /** No sender's clock or count is read: what came last is what somebody wanted last, as far as anyone here can know. */
    @Test
    @Fault("E8")
    void ofCommandsOutOfOrderTheLastToArriveHolds() {
        var story = story(quick());

        story.at("1s", target("eighth", 22)).at("2s", target("seventh", 21)).at("3s", target("eighth", 22));

        assertThat(story.latest(ClimateTopics.TARGET)).isEqualTo(Celsius.of(21));
        assertThat(story.announced(Result.TOPIC))
                .containsExactly(
                        new Result("target/set", "eighth", Outcome.DONE, ""),
                        new Result("target/set", "seventh", Outcome.DONE, ""));
    }

    @Test
    @Fault("F9")
    void everyCommandIsAnsweredOnce() {
        var story = story(quick());

        story.at("1s", target("a", 21)).at("2s", target("a", 21)).at("3s", target("a", 22));

        assertThat(story.announced(Result.TOPIC))
                .containsExactly(
                        new Result("target/set", "a", Outcome.DONE, ""),
                        new Result("target/set", "a", Outcome.REJECTED, "this id was used for another command"));
        assertThat(story.latest(ClimateTopics.TARGET)).isEqualTo(Celsius.of(21));
    }

    @Test
    @Fault("F10")
    void aCommandThatComesTooLateIsExpired() {
        var story = story(quick());

        Instant now = story.instant("10s");
        story.at("10s", new TargetSet(new Command<>("target/set", "a", Celsius.of(25), now)));

        assertThat(story.latest(ClimateTopics.TARGET)).isEqualTo(Celsius.of(20));
        assertThat(story.announced(Result.TOPIC)).extracting(Result::outcome).containsExactly(Outcome.EXPIRED);
    }

    @Test
    void aResetThatComesTooLateForgivesNothing() {
        var story = story(quick(), withLostState());

        Instant now = story.instant("10s");
        story.at("10s", new Reset(new Command<>("reset/set", "a", Press.PRESS, now)));

        assertThat(story.latest(CommonTopics.FAULT)).isEqualTo("state-lost");
    }

    @Test
    void aModeWithoutARelayForItIsRejected() {
        var story = story(heatingOnly());

        story.at("1s", mode(Mode.COOL));

        assertThat(story.latest(ClimateTopics.MODE)).isEqualTo(Mode.HEAT);
        assertThat(story.announced(Result.TOPIC)).extracting(Result::outcome).containsExactly(Outcome.REJECTED);
    }

    @Test
    void aHeaterAloneMayBeSwitchedOffAndOnAgain() {
        var story = story(heatingOnly());

        story.at("1s", mode(Mode.OFF)).at("2s", mode(Mode.HEAT));

        assertThat(story.published(ClimateTopics.MODE)).containsExactly(Mode.HEAT, Mode.OFF, Mode.HEAT);
        assertThat(story.announced(Result.TOPIC))
                .extracting(Result::outcome)
                .containsExactly(Outcome.DONE, Outcome.DONE);
    }

    @Test
    void answersWaitForTheBroker() {
        var story = story(quick()).broker(false);

        story.at("1s", target("a", 21));
        assertThat(story.state().common().pendingResults()).hasSize(1);

        story.at("2s", reported(new EffectReport.Settled("result-0", true)));
        assertThat(story.state().common().pendingResults()).isEmpty();
    }
}
