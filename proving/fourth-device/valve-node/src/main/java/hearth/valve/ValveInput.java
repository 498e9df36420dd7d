package hearth.valve;

import hearth.common.core.EffectReport;
import hearth.common.core.EffectReport.DriveFailed;
import hearth.common.message.Command;
import hearth.common.message.Command.Press;
import hearth.valve.Valve.Soil;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.function.UnaryOperator;

/** An event that changes the state of a valve. */
sealed interface ValveInput {

    Duration FAULT_TIME = Duration.ofMinutes(10);

    ValveState applyTo(ValveState state, Instant now, ValveSettings settings);

    record OpenRequested(Command<Press> command) implements ValveInput {
        @Override
        public ValveState applyTo(ValveState state, Instant now, ValveSettings settings) {
            return switch (state.soil()) {
                case WET -> state.reject(command, now, "the soil is wet");
                case UNKNOWN -> state.reject(command, now, "the moisture contact was not read yet: try again in 10 s");
                case DRY -> state.apply(command, now, accepted -> accepted.withOpenUntil(now.plus(settings.openFor())));
            };
        }
    }

    record CloseRequested(Command<Press> command) implements ValveInput {
        @Override
        public ValveState applyTo(ValveState state, Instant now, ValveSettings settings) {
            return state.apply(command, now, accepted -> accepted.withOpenUntil(now));
        }
    }

    /** The owner has seen that saved state was lost. */
    record ResetRequested(Command<Press> command) implements ValveInput {
        @Override
        public ValveState applyTo(ValveState state, Instant now, ValveSettings settings) {
            return state.reset(command, now, UnaryOperator.identity());
        }
    }

    record MoistureRead(boolean wet) implements ValveInput {
        @Override
        public ValveState applyTo(ValveState state, Instant now, ValveSettings settings) {
            return wet ? state.with(Soil.WET).withOpenUntil(now) : state.with(Soil.DRY);
        }
    }

    /** The wall clock was read. @param time local */
    record ClockRead(LocalTime time) implements ValveInput {
        @Override
        public ValveState applyTo(ValveState state, Instant now, ValveSettings settings) {
            ValveState read = state.with(time);
            boolean due = settings.opensAt()
                    .filter(start -> state.clock().isBefore(start) && !time.isBefore(start))
                    .isPresent();
            return due && state.soil() == Soil.DRY ? read.withOpenUntil(now.plus(settings.openFor())) : read;
        }
    }

    /** The shell reports the outcome of an effect. */
    record Reported(EffectReport report) implements ValveInput {
        @Override
        public ValveState applyTo(ValveState state, Instant now, ValveSettings settings) {
            ValveState next = state.after(report);
            return report instanceof DriveFailed ? next.withOpenUntil(now).withFailedUntil(now.plus(FAULT_TIME)) : next;
        }
    }
}
