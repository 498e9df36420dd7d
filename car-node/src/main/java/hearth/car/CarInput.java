package hearth.car;

import hearth.car.CarState.LastFix;
import hearth.common.core.EffectReport;
import hearth.common.message.Command;
import hearth.common.message.Command.Press;
import hearth.common.value.Fix;
import java.time.Instant;
import java.util.function.UnaryOperator;

/** An event that changes the state of a car. */
sealed interface CarInput {

    CarState applyTo(CarState state, Instant now, CarSettings settings);

    /** The receiver believes to be there. */
    record FixReceived(Fix fix) implements CarInput {

        /** Within this the car is home. */
        static final double HOME_M = 150;

        /** A parked car wanders by some ten metres; this far out it has been driven. */
        private static final double LEFT_HOME_M = 300;

        /** More than half, so that a car on the border of two kilometres does not go back and forth between them. */
        private static final double KM_HYSTERESIS = 0.6;

        @Override
        public CarState applyTo(CarState state, Instant now, CarSettings settings) {
            if (!isGood(fix, settings)) {
                return state;
            }
            Track track = state.track().with(fix, settings.home(), now);
            CarState next = state.withLapsedTrip(now).with(track);
            if (!track.implausible().isEmpty()) {
                return next;
            }
            double metres = track.last().metres();
            if (track.jumps() != state.track().jumps()
                    && metres <= settings.armBeyondM()
                    && state.metres() > settings.armBeyondM()
                    && next.trip() instanceof Trip.Departed) {
                next = next.with(new Trip.Idle()); // It was away by fixes that are believed no more.
            }
            LastFix last = state.lastFix();
            return next.with(next.trip().withDistance(metres))
                    .with(new LastFix(
                            metres <= (last.atHome() ? LEFT_HOME_M : HOME_M),
                            km(last.km(), metres),
                            now.plus(settings.fixTimeout())));
        }

        static boolean isGood(Fix fix, CarSettings settings) {
            return fix.errorM() >= 0 // False for NaN.
                    && fix.errorM() <= settings.worstFixM()
                    && !Track.isNullIsland(fix.position());
        }

        private static long km(long told, double metres) {
            boolean stays =
                    Math.abs(metres / 1000 - told) <= KM_HYSTERESIS; // Never nowhere: no place is so near to it.
            return stays ? told : Math.round(metres / 1000);
        }
    }

    /** The shell reports the outcome of an effect. */
    record Reported(EffectReport report) implements CarInput {
        @Override
        public CarState applyTo(CarState state, Instant now, CarSettings settings) {
            return state.after(report);
        }
    }

    /** The owner has seen that saved state was lost. */
    record Reset(Command<Press> command) implements CarInput {
        @Override
        public CarState applyTo(CarState state, Instant now, CarSettings settings) {
            return state.reset(command, now, UnaryOperator.identity());
        }
    }
}
