package hearth.coffee;

import hearth.coffee.Brew.BrewStage;
import hearth.common.core.EffectReport;
import hearth.common.core.EffectReport.DriveFailed;
import hearth.common.core.EffectReport.Settled;
import hearth.common.core.EffectReport.StateSaved;
import hearth.common.core.EffectReport.StorageFailed;
import hearth.common.message.Approach;
import hearth.common.message.Command;
import hearth.common.message.Command.Press;
import hearth.common.message.Result.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;

/** An event that changes the state of a coffee machine. */
sealed interface CoffeeInput {

    /** @param state with the brew as it is {@code now} */
    CoffeeState applyTo(CoffeeState state, Instant now, BrewCycle cycle);

    /** The car published its approach. @param age its age when it arrived */
    record Approaching(Approach approach, Duration age) implements CoffeeInput {
        @Override
        public CoffeeState applyTo(CoffeeState state, Instant now, BrewCycle cycle) {
            if (approach.cancelled()) {
                boolean expected = state.expectedArrival().trip().equals(approach.trip());
                return expected ? state.with(Arrival.NONE) : state;
            }
            String key = Cause.APPROACH.key(approach.trip());
            if (state.history().contains(key)) {
                return state;
            }
            if (state.common().storage().stateLost()) {
                // The lost state may have contained a brew for this trip.
                return state.with(state.history().withDeclined(key));
            }
            Arrival arrival =
                    new Arrival(approach.trip(), now.plus(approach.eta()).minus(age));
            return now.isBefore(arrival.expiresAt()) ? state.with(arrival) : state;
        }
    }

    /** A brew starts unless there is an obstacle. It also serves the trip that is expected. */
    record BrewRequested(Command<Press> command) implements CoffeeInput {
        @Override
        public CoffeeState applyTo(CoffeeState state, Instant now, BrewCycle cycle) {
            if (state.history().contains(Cause.COMMAND.key(command.id()))) {
                return state.accept(command, now, accepted -> state); // No longer in the log, but still in the history.
            }
            String obstacle = cycle.obstacle(state, now);
            return obstacle.isEmpty()
                    ? state.accept(command, now, accepted -> started(accepted, now, cycle))
                    : state.reject(command, now, obstacle);
        }

        private CoffeeState started(CoffeeState state, Instant now, BrewCycle cycle) {
            CoffeeState brewing = command.hasId()
                    ? cycle.started(state, command.id(), Cause.COMMAND, now)
                    : cycle.started(state, ownId(state), Cause.PLAIN, now);
            return brewing.withTripDeclined();
        }

        private static String ownId(CoffeeState state) {
            return state.common().bootId() + "-" + state.common().commandLog().resultCount();
        }
    }

    /** Stops a brew and declines the trip that is expected. */
    record CancelRequested(Command<Press> command) implements CoffeeInput {
        @Override
        public CoffeeState applyTo(CoffeeState state, Instant now, BrewCycle cycle) {
            return state.apply(command, now, accepted -> {
                CoffeeState stopped = accepted.brew().exists()
                        ? cycle.stopped(accepted, now, Outcome.SUPERSEDED, "cancelled by a command")
                        : accepted;
                return stopped.withTripDeclined();
            });
        }
    }

    /** The owner has seen that saved state was lost. */
    record ResetRequested(Command<Press> command) implements CoffeeInput {
        @Override
        public CoffeeState applyTo(CoffeeState state, Instant now, BrewCycle cycle) {
            return state.reset(command, now, UnaryOperator.identity());
        }
    }

    /**
     * The cup contact and the water contact were read. A contact that is not wired counts as closed.
     *
     * @param known whether they were read since the boot
     */
    record InputsRead(boolean cup, boolean water, boolean known) implements CoffeeInput {

        /** No brew, but no fault either. */
        static final InputsRead UNKNOWN = new InputsRead(false, false, false);

        static final InputsRead ALL_OK = new InputsRead(true, true);

        InputsRead(boolean cup, boolean water) {
            this(cup, water, true);
        }

        @Override
        public CoffeeState applyTo(CoffeeState state, Instant now, BrewCycle cycle) {
            return state.with(this);
        }
    }

    /** The wall clock was read. */
    record BrewingHoursChanged(BrewingHours hours) implements CoffeeInput {
        @Override
        public CoffeeState applyTo(CoffeeState state, Instant now, BrewCycle cycle) {
            return state.with(hours);
        }
    }

    /** The shell reports the outcome of an effect. */
    record Reported(EffectReport report) implements CoffeeInput {
        @Override
        public CoffeeState applyTo(CoffeeState state, Instant now, BrewCycle cycle) {
            CoffeeState next = state.after(report);
            Brew brew = next.brew();
            boolean saving = brew.stage() == BrewStage.SAVING;
            if (saving && report instanceof StateSaved saved) {
                boolean onDisk = brew.key().equals(saved.entries().get(BrewHistory.UNFINISHED));
                return onDisk ? next.with(brew.withStage(BrewStage.SAVED, now)) : next;
            }
            if (saving && report instanceof StorageFailed) {
                return cycle.stoppedByStorage(next, now);
            }
            if (brew.isRunning() && report instanceof DriveFailed) {
                return cycle.stoppedByRelay(next, now);
            }
            return report instanceof Settled settled ? next.withoutAnnouncement(settled.announcement()) : next;
        }
    }

    /** Whether the local time allows a brew. */
    enum BrewingHours {
        QUIET,
        ALLOWED,
        /** The clock is not synchronised: quiet hours do not apply. */
        UNKNOWN
    }
}
