package hearth.thermostat;

import static hearth.thermostat.Thermostats.heatingOnly;
import static hearth.thermostat.Thermostats.mode;
import static hearth.thermostat.Thermostats.quick;
import static hearth.thermostat.Thermostats.reported;
import static hearth.thermostat.Thermostats.scenario;
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

/** Commands of an airco: which of them act, and their results. */
class CommandsTest {

    @Test
    void plainCommandsActAsOftenAsTheyArrive() {
        var scenario = scenario(quick());

        scenario.at("1s", target(21)).at("2s", target(20)).at("3s", target(21));

        assertThat(scenario.published(ClimateTopics.TARGET))
                .containsExactly(Celsius.of(20), Celsius.of(21), Celsius.of(20), Celsius.of(21));
        assertThat(scenario.announced(Result.TOPIC)).hasSize(3);
    }

    /** A command has no sequence number and no time of its sender, so the last to arrive counts. */
    @Test
    @Fault("E8")
    void ofCommandsOutOfOrderTheLastToArriveWins() {
        var scenario = scenario(quick());

        scenario.at("1s", target("eighth", 22)).at("2s", target("seventh", 21)).at("3s", target("eighth", 22));

        assertThat(scenario.latest(ClimateTopics.TARGET)).isEqualTo(Celsius.of(21));
        assertThat(scenario.announced(Result.TOPIC))
                .containsExactly(
                        new Result("target/set", "eighth", Outcome.DONE, ""),
                        new Result("target/set", "seventh", Outcome.DONE, ""));
    }

    @Test
    @Fault("F9")
    void everyCommandGetsOneResult() {
        var scenario = scenario(quick());

        scenario.at("1s", target("a", 21)).at("2s", target("a", 21)).at("3s", target("a", 22));

        assertThat(scenario.announced(Result.TOPIC))
                .containsExactly(
                        new Result("target/set", "a", Outcome.DONE, ""),
                        new Result(
                                "target/set",
                                "a",
                                Outcome.REJECTED,
                                "this id was already used for another command: use a new id for each command"));
        assertThat(scenario.latest(ClimateTopics.TARGET)).isEqualTo(Celsius.of(21));
    }

    @Test
    @Fault("F10")
    void aLateCommandIsExpired() {
        var scenario = scenario(quick());

        Instant now = scenario.instant("10s");
        scenario.at("10s", new TargetSet(new Command<>("target/set", "a", Celsius.of(25), now)));

        assertThat(scenario.latest(ClimateTopics.TARGET)).isEqualTo(Celsius.of(20));
        assertThat(scenario.announced(Result.TOPIC)).extracting(Result::outcome).containsExactly(Outcome.EXPIRED);
    }

    @Test
    void aLateResetClearsNothing() {
        var scenario = scenario(quick(), withLostState());

        Instant now = scenario.instant("10s");
        scenario.at("10s", new Reset(new Command<>("reset/set", "a", Press.PRESS, now)));

        assertThat(scenario.latest(CommonTopics.FAULT)).isEqualTo("state-lost");
    }

    @Test
    void aModeWithoutARelayForItIsRejected() {
        var scenario = scenario(heatingOnly());

        scenario.at("1s", mode(Mode.COOL));

        assertThat(scenario.latest(ClimateTopics.MODE)).isEqualTo(Mode.HEAT);
        assertThat(scenario.announced(Result.TOPIC)).extracting(Result::outcome).containsExactly(Outcome.REJECTED);
    }

    @Test
    void anAircoWithoutACoolOutputCanBeSwitchedOffAndOnAgain() {
        var scenario = scenario(heatingOnly());

        scenario.at("1s", mode(Mode.OFF)).at("2s", mode(Mode.HEAT));

        assertThat(scenario.published(ClimateTopics.MODE)).containsExactly(Mode.HEAT, Mode.OFF, Mode.HEAT);
        assertThat(scenario.announced(Result.TOPIC))
                .extracting(Result::outcome)
                .containsExactly(Outcome.DONE, Outcome.DONE);
    }

    @Test
    void resultsWaitForTheBroker() {
        var scenario = scenario(quick()).broker(false);

        scenario.at("1s", target("a", 21));
        assertThat(scenario.state().common().pendingResults()).hasSize(1);

        scenario.at("2s", reported(new EffectReport.Settled("result-0", true)));
        assertThat(scenario.state().common().pendingResults()).isEmpty();
    }
}
