package hearth.thermostat;

import static hearth.thermostat.ThermostatRig.COOL;
import static hearth.thermostat.ThermostatRig.HEAT;
import static hearth.thermostat.ThermostatRig.POLL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hearth.testkit.fault.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults of relays and their wires, from the decision to the level of the pin. */
class RelayFaultsTest {

    private static final Duration DEAD_TIME = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    @Test
    @Fault("B1")
    void anOutputThatAPowerCutLeftOnIsSwitchedOffFirst() {
        ThermostatRig airco = new ThermostatRig(folder).heating();
        airco.powerCut();
        assertThat(airco.level(HEAT)).isEqualTo("1");

        airco.start();

        assertThat(airco.level(HEAT)).isEqualTo("0");
        assertThat(airco.switchings()).endsWith("0.000 17 0", "0.000 27 0");
    }

    @Test
    @Fault("B4")
    void aRelayBoardThatIsOnAtZeroVoltsGetsNoPulseAtTheStart() {
        ThermostatRig airco = new ThermostatRig(folder);
        airco.setTemperature(17);
        airco.start("airco.heat.active-low = true", "airco.cool.active-low = true");
        assertThat(airco.switchings()).containsExactly("0.000 17 1", "0.000 27 1");

        airco.advance(DEAD_TIME);
        assertThat(airco.switchings()).endsWith("30.000 17 0").hasSize(3);

        airco.powerCut();
        airco.start("airco.heat.active-low = true", "airco.cool.active-low = true");
        assertThat(airco.switchings()).endsWith("0.000 17 1", "0.000 27 1").hasSize(5);
    }

    @Test
    @Fault("B5")
    void fromHeatingToCoolingBothOutputsAreOffForTheDeadTime() {
        ThermostatRig airco = new ThermostatRig(folder).heating();

        airco.setTemperature(25);
        airco.publish("target/set", "18.0");
        airco.publish("mode/set", "cool");
        assertThat(airco.level(HEAT)).isEqualTo("0");
        airco.advance(DEAD_TIME.plus(POLL));

        List<String> log = airco.switchings();
        assertThat(log).hasSize(5);
        assertThat(log.get(3)).endsWith(" 17 0");
        assertThat(log.get(4)).endsWith(" 27 1");
        assertThat(seconds(log.get(4)) - seconds(log.get(3))).isGreaterThanOrEqualTo(30);
        assertThat(airco.level(HEAT)).isEqualTo("0");
    }

    @Test
    @Fault("B6")
    void aRelayThatDoesNotSwitchOffEndsTheProcessWithAllOthersOff() throws IOException {
        ThermostatRig airco = new ThermostatRig(folder).heating();

        jam(airco, HEAT);
        airco.setTemperature(20);

        assertThatThrownBy(() -> airco.advance(POLL))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("heat does not switch off");
        assertThat(airco.level(COOL)).isEqualTo("0");
    }

    @Test
    @Fault("B7")
    void aRelayThatDoesNotSwitchOnIsNotPublishedAsHeating() throws IOException {
        ThermostatRig airco = new ThermostatRig(folder);
        airco.setTemperature(17);
        airco.start().advance(Duration.ofSeconds(5));
        jam(airco, HEAT);

        airco.advance(Duration.ofMinutes(10));
        assertThat(airco.lastPublished("action")).isEqualTo("idle");
        assertThat(airco.lastPublished("reason")).contains("\"want\":\"heat\"", "\"doing\":\"idle\"", "relay-failed");
        assertThat(airco.switchings()).containsExactly("0.000 17 0", "0.000 27 0");
        assertThat(airco.faults()).containsExactly("none", "relay-heat");

        ThermostatRig.delete(airco.pin(HEAT));
        airco.advance(Duration.ofSeconds(15));
        assertThat(airco.level(HEAT)).isEqualTo("1");
        assertThat(airco.lastPublished("action")).isEqualTo("heating");
        assertThat(airco.faults()).containsExactly("none", "relay-heat", "none");
    }

    /** From now on the pin's file cannot be replaced. */
    private static void jam(ThermostatRig airco, int pin) throws IOException {
        Files.delete(airco.pin(pin));
        Files.createDirectories(airco.pin(pin).resolve("in-the-way"));
    }

    private static double seconds(String line) {
        return Double.parseDouble(line.split(" ", 2)[0]);
    }
}
