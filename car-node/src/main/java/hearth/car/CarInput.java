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

    /** The receiver has a position. */
    record FixReceived(Fix fix) implements CarInput {

        /** Within this distance the car is at home. */
        static final double HOME_M = 150;

        /** The GPS error moves a parked car by some ten metres; at this distance it has left. */
        private static final double LEFT_HOME_M = 300;

        /** More than half, so that the distance of a car between two whole kilometres does not alternate. */
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
                next = next.with(new Trip.Idle()); // The fixes that showed it away were wrong.
            }
            LastFix before = state.lastFix();
            return next.with(next.trip().withDistance(metres))
                    .with(new LastFix(
                            metres <= (before.atHome() ? LEFT_HOME_M : HOME_M),
                            km(before.km(), metres),
                            now.plus(settings.fixTimeout())));
        }

        static boolean isGood(Fix fix, CarSettings settings) {
            return fix.errorM() >= 0 // False for NaN.
                    && fix.errorM() <= settings.worstFixM()
                    && !Track.isNullIsland(fix.position());
        }

        private static long km(long published, double metres) {
            boolean unchanged = Math.abs(metres / 1000 - published)
                    <= KM_HYSTERESIS; // DISTANCE_UNKNOWN is too far from all distances.
            return unchanged ? published : Math.round(metres / 1000);
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
