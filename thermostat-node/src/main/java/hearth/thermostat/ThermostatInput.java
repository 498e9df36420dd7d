package hearth.thermostat;

import hearth.common.core.EffectReport;
import hearth.common.message.Command;
import hearth.common.value.Celsius;
import hearth.common.value.Reading;
import java.time.Duration;

/** What can happen to a thermostat. */
sealed interface ThermostatInput {

    /** The node's own sensor was read. */
    record Sensed(Reading reading) implements ThermostatInput {}

    /** Another node's sensor has said something. @param age how old it was when it arrived */
    record RemoteTemperature(String node, Celsius temperature, Duration age) implements ThermostatInput {}

    record TargetSet(Command<Celsius> command) implements ThermostatInput {}

    record ModeSet(Command<Mode> command) implements ThermostatInput {}

    record PresetSet(Command<Preset> command) implements ThermostatInput {}

    record Reset(Command<Command.Press> command) implements ThermostatInput {}

    /** What became of an effect. */
    record Reported(EffectReport report) implements ThermostatInput {}
}
