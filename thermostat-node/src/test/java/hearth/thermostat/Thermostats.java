package hearth.thermostat;

import hearth.common.core.Boot;
import hearth.common.core.EffectReport;
import hearth.common.message.Command;
import hearth.common.settings.BadSettings;
import hearth.common.settings.Settings;
import hearth.common.value.Celsius;
import hearth.common.value.Reading;
import hearth.testkit.ControllerScenario;
import hearth.thermostat.ThermostatInput.ModeSet;
import hearth.thermostat.ThermostatInput.PresetSet;
import hearth.thermostat.ThermostatInput.RemoteTemperature;
import hearth.thermostat.ThermostatInput.Reported;
import hearth.thermostat.ThermostatInput.Reset;
import hearth.thermostat.ThermostatInput.Sensed;
import hearth.thermostat.ThermostatInput.TargetSet;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Settings, boots and inputs for the tests of the thermostat. */
final class Thermostats {

    private Thermostats() {}

    /** Its own sensor and both outputs, with the default periods and pauses. */
    static ThermostatSettings settings(String... lines) {
        return read("airco.heat.gpio = 17\nairco.cool.gpio = 27\n" + String.join("\n", lines));
    }

    static ThermostatSettings heatingOnly() {
        return read("airco.heat.gpio = 17");
    }

    /** Only a cool output: no frost protection. */
    static ThermostatSettings coolingOnly(String... lines) {
        return read("airco.cool.gpio = 27\n" + String.join("\n", lines));
    }

    static ThermostatSettings sensorOnly(String... lines) {
        return read(String.join("\n", lines));
    }

    private static ThermostatSettings read(String text) {
        try {
            return Settings.of("test.conf", text).check(ThermostatSettings::read);
        } catch (BadSettings e) {
            throw new AssertionError(e);
        }
    }

    /** No minimum periods and pauses, and the shortest dead time: for tests of other rules. */
    static ThermostatSettings quick(String... lines) {
        return quickWithDeadTime("1s", lines);
    }

    static ThermostatSettings quickWithDeadTime(String deadTime, String... lines) {
        return settings("""
                airco.heat.min-on = 0s
                airco.heat.min-off = 0s
                airco.cool.min-on = 0s
                airco.cool.min-off = 0s
                airco.dead-time = %s
                """.formatted(deadTime) + String.join("\n", lines));
    }

    static ControllerScenario<ThermostatState, ThermostatInput> scenario(ThermostatSettings settings) {
        return ControllerScenario.of(new Thermostat(settings), Reported::new);
    }

    static ControllerScenario<ThermostatState, ThermostatInput> scenario(ThermostatSettings settings, Boot boot) {
        return ControllerScenario.of(new Thermostat(settings), Reported::new, boot);
    }

    /** The next boot, after a power cut. */
    static Boot withSavedState(Map<String, String> entries) {
        return new Boot("boot2", entries, false);
    }

    /** A boot with saved state that cannot be read. */
    static Boot withLostState() {
        return new Boot("boot2", Map.of(), true);
    }

    static ThermostatInput sensed(double degrees) {
        return new Sensed(new Reading.Measured(Celsius.of(degrees)));
    }

    static ThermostatInput failed(String code) {
        return new Sensed(new Reading.Failed(code, "in a test"));
    }

    static ThermostatInput target(double degrees) {
        return target("", degrees);
    }

    static ThermostatInput target(String id, double degrees) {
        return new TargetSet(new Command<>("target/set", id, Celsius.of(degrees), Instant.MAX));
    }

    static ThermostatInput received(String node, double degrees) {
        return received(node, degrees, 0);
    }

    static ThermostatInput received(String node, double degrees, long ageS) {
        return new RemoteTemperature(node, Celsius.of(degrees), Duration.ofSeconds(ageS));
    }

    static ThermostatInput reset() {
        return new Reset(new Command<>("reset/set", "", Command.Press.PRESS, Instant.MAX));
    }

    static ThermostatInput mode(Mode mode) {
        return new ModeSet(new Command<>("mode/set", "", mode, Instant.MAX));
    }

    static ThermostatInput preset(Preset preset) {
        return new PresetSet(new Command<>("preset/set", "", preset, Instant.MAX));
    }

    /** An output was to go on and did not. */
    static ThermostatInput driveFailed(String output) {
        return reported(new EffectReport.DriveFailed(output, "line busy"));
    }

    static ThermostatInput reported(EffectReport report) {
        return new Reported(report);
    }
}
