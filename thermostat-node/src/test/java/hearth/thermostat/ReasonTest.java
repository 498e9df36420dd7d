package hearth.thermostat;

import static hearth.thermostat.Thermostats.coolingOnly;
import static hearth.thermostat.Thermostats.mode;
import static hearth.thermostat.Thermostats.quick;
import static hearth.thermostat.Thermostats.scenario;
import static hearth.thermostat.Thermostats.sensed;
import static hearth.thermostat.Thermostats.settings;
import static org.assertj.core.api.Assertions.assertThat;

import hearth.testkit.ControllerScenario;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The published reason for heating, cooling or waiting. */
class ReasonTest {

    @Test
    void theReasonHasItsCauseAndItsLength() {
        var scenario = scenario(settings());

        scenario.at("1s", sensed(17)).at("3s", sensed(17));

        Reason reason = scenario.latest(Reason.TOPIC);
        assertThat(reason.want()).isEqualTo(Action.HEATING);
        assertThat(reason.doing()).isEqualTo(Action.IDLE);
        assertThat(reason.code()).isEqualTo("boot");
        assertThat(Duration.between(reason.since(), reason.until())).isEqualTo(Duration.ofSeconds(299));
    }

    @Test
    void whileHeatingTheReasonIsTheTarget() {
        var scenario = scenario(quick());

        scenario.every("2s", "0s", "1m", sensed(17));

        assertThat(reason(scenario)).isEqualTo("HEATING HEATING to-target");
        assertThat(scenario.latest(Reason.TOPIC).until()).isEqualTo(scenario.instant("4h2s"));
    }

    @Test
    void whileCoolingTheReasonIsTheTarget() {
        var scenario = scenario(quick());

        scenario.every("2s", "0s", "1m", sensed(25));

        assertThat(reason(scenario)).isEqualTo("COOLING COOLING to-target");
    }

    @Test
    void duringFrostProtectionTheReasonIsTheFrost() {
        var scenario = scenario(quick());

        scenario.at("0s", mode(Mode.OFF)).every("2s", "1s", "1m", sensed(7));

        assertThat(reason(scenario)).isEqualTo("HEATING HEATING frost");
    }

    @Test
    void whileCoolingIsNeededAndNotPossibleTheReasonIsWhy() {
        var scenario = scenario(settings());

        scenario.every("2s", "0s", "1m", sensed(25));

        assertThat(reason(scenario)).isEqualTo("COOLING IDLE boot");
    }

    @Test
    void whileNothingIsNeededTheReasonIsTheBand() {
        var scenario = scenario(quick());

        scenario.every("2s", "0s", "1m", sensed(20));

        assertThat(reason(scenario)).isEqualTo("IDLE IDLE in-band");
    }

    @Test
    void whileOneOutputIsOnAndTheOtherIsNeededTheReasonIsOfTheOneThatIsOn() {
        var scenario = scenario(settings("airco.heat.min-off = 0s", "airco.cool.min-off = 0s", "airco.dead-time = 1s"));

        scenario.every("2s", "0s", "10s", sensed(25)).every("2s", "12s", "1m", sensed(17));

        assertThat(reason(scenario)).isEqualTo("HEATING COOLING min-on");
    }

    @Test
    void duringTheMinimumPeriodTheReasonHasTheNeedOfTheRoomAndMinOn() {
        var scenario = scenario(settings("airco.heat.min-off = 0s", "airco.cool.min-off = 0s", "airco.dead-time = 1s"));

        scenario.every("2s", "0s", "10s", sensed(17)).at("12s", sensed(20));
        assertThat(reason(scenario)).isEqualTo("IDLE HEATING min-on");
        assertThat(scenario.latest(Reason.TOPIC).until()).isEqualTo(scenario.instant("2m2s"));

        scenario.at("14s", sensed(25)).at("16s", sensed(25));
        assertThat(reason(scenario)).isEqualTo("COOLING HEATING min-on");
    }

    @Test
    void inModeHeatTheReasonIsAboutHeatingAlthoughItIsWarm() {
        var scenario = scenario(quick());

        scenario.at("0s", mode(Mode.HEAT)).every("2s", "1s", "1m", sensed(25));

        assertThat(reason(scenario)).isEqualTo("IDLE IDLE in-band");
    }

    @Test
    void inModeCoolTheReasonIsAboutCooling() {
        var scenario = scenario(quick());

        scenario.at("0s", mode(Mode.COOL)).every("2s", "1s", "10s", sensed(20.5));

        assertThat(scenario.latest(Reason.TOPIC).code()).isEqualTo("in-band");
    }

    @Test
    void inModeCoolDuringFrostTheReasonIsWhyItDoesNotHeat() {
        var scenario = scenario(settings());

        scenario.at("0s", mode(Mode.COOL)).every("2s", "1s", "10s", sensed(7));

        assertThat(reason(scenario)).isEqualTo("HEATING IDLE boot");
    }

    @Test
    void withoutAHeatOutputTheReasonIsWhyItDoesNotCool() {
        var scenario = scenario(coolingOnly("airco.target = 5.0"));

        scenario.every("2s", "0s", "1m", sensed(10));
        assertThat(reason(scenario)).isEqualTo("IDLE IDLE absolute-min");

        scenario.every("2s", "1m2s", "2m", sensed(10.5));
        assertThat(reason(scenario)).isEqualTo("COOLING IDLE boot");
    }

    @Test
    void withoutAHeatOutputInModeOffTheReasonIsTheMode() {
        var scenario = scenario(coolingOnly());

        scenario.at("0s", mode(Mode.OFF)).every("2s", "1s", "1m", sensed(17));

        assertThat(reason(scenario)).isEqualTo("IDLE OFF mode");
    }

    /** Want, doing and because, as on the wire. */
    private static String reason(ControllerScenario<ThermostatState, ThermostatInput> scenario) {
        Reason reason = scenario.latest(Reason.TOPIC);
        return reason.want() + " " + reason.doing() + " " + reason.code();
    }
}
