package hearth.thermostat;

import hearth.common.core.EffectReport;
import hearth.common.message.Command;
import hearth.common.value.Celsius;
import hearth.common.value.Reading;
import java.time.Duration;
import java.time.Instant;

/** An event that changes the state of a thermostat. */
sealed interface ThermostatInput {

    ThermostatState applyTo(ThermostatState state, Instant now, ThermostatSettings settings);

    /** The node's own sensor was read. */
    record Sensed(Reading reading) implements ThermostatInput {
        @Override
        public ThermostatState applyTo(ThermostatState state, Instant now, ThermostatSettings settings) {
            ThermostatState next = state.with(state.sensor().withReading(reading, settings.sensor(), now));
            return reading instanceof Reading.Measured measured
                    ? next.withReading(ClimateSettings.LOCAL, measured.temperature(), now, settings)
                    : next;
        }
    }

    /** Another node published a temperature. @param age its age when it arrived */
    record RemoteTemperature(String node, Celsius temperature, Duration age) implements ThermostatInput {
        @Override
        public ThermostatState applyTo(ThermostatState state, Instant now, ThermostatSettings settings) {
            return state.withReading(node, temperature, now.minus(age), settings);
        }
    }

    record TargetSet(Command<Celsius> command) implements ThermostatInput {
        @Override
        public ThermostatState applyTo(ThermostatState state, Instant now, ThermostatSettings settings) {
            ClimateGoal goal = state.climate().goal().withTarget(command.value());
            return state.apply(command, now, accepted -> accepted.with(goal));
        }
    }

    /** A mode is rejected if it allows heating or cooling without a relay for it. */
    record ModeSet(Command<Mode> command) implements ThermostatInput {
        @Override
        public ThermostatState applyTo(ThermostatState state, Instant now, ThermostatSettings settings) {
            for (HeatOrCool kind : HeatOrCool.values()) {
                if (command.value().allows(kind) && !settings.climate().has(kind)) {
                    return state.reject(command, now, "mode not possible: airco." + kind.output() + ".gpio is not set");
                }
            }
            ClimateGoal goal = state.climate().goal().withMode(command.value());
            return state.apply(command, now, accepted -> accepted.with(goal));
        }
    }

    record PresetSet(Command<Preset> command) implements ThermostatInput {
        @Override
        public ThermostatState applyTo(ThermostatState state, Instant now, ThermostatSettings settings) {
            ClimateGoal goal = state.climate().goal().withPreset(command.value());
            return state.apply(command, now, accepted -> accepted.with(goal));
        }
    }

    /** The owner clears the latched fault. */
    record Reset(Command<Command.Press> command) implements ThermostatInput {
        @Override
        public ThermostatState applyTo(ThermostatState state, Instant now, ThermostatSettings settings) {
            ClimateState climate = state.climate();
            HeatingResponse cleared = climate.heatingResponse().cleared();
            return state.reset(command, now, accepted -> accepted.with(climate.with(cleared)));
        }
    }

    /** The shell reports the outcome of an effect. */
    record Reported(EffectReport report) implements ThermostatInput {
        @Override
        public ThermostatState applyTo(ThermostatState state, Instant now, ThermostatSettings settings) {
            ThermostatState next = state.after(report);
            if (report instanceof EffectReport.DriveFailed failed) {
                for (HeatOrCool kind : HeatOrCool.values()) {
                    if (kind.output().equals(failed.output())) {
                        return next.with(next.climate().withRelayFailure(kind, settings.climate(), now));
                    }
                }
            }
            return next;
        }
    }
}
