package hearth.simulator.plant;

import hearth.common.value.Position;
import java.time.Duration;

/**
 * The days of the car: at work, home along the track, at home, back to work, repeated without end.
 *
 * @param routeHome from work to home
 * @param leavesAt  when it first leaves work, from the start of the simulation
 * @param atHome    how long it stays at home
 * @param atWork    how long it stays at work
 */
public record Commute(GpxTrack routeHome, Duration leavesAt, Duration atHome, Duration atWork) {

    public enum CarPlace {
        AT_WORK,
        DRIVING_HOME,
        AT_HOME,
        DRIVING_TO_WORK
    }

    public record CarLocation(CarPlace place, Position position, double speedMps) {}

    public CarLocation at(Duration since) {
        Duration drive = routeHome.duration();
        if (since.compareTo(leavesAt) < 0) {
            return new CarLocation(CarPlace.AT_WORK, routeHome.start(), 0);
        }
        Duration time = timeInCycle(since);
        if (time.compareTo(drive) < 0) {
            return new CarLocation(CarPlace.DRIVING_HOME, routeHome.positionAt(time), routeHome.speedAt(time));
        }
        time = time.minus(drive);
        if (time.compareTo(atHome) < 0) {
            return new CarLocation(CarPlace.AT_HOME, routeHome.end(), 0);
        }
        time = time.minus(atHome);
        if (time.compareTo(drive) < 0) {
            GpxTrack toWork = routeHome.reversed();
            return new CarLocation(CarPlace.DRIVING_TO_WORK, toWork.positionAt(time), toWork.speedAt(time));
        }
        return new CarLocation(CarPlace.AT_WORK, routeHome.start(), 0);
    }

    /** The time until it departs; zero while it is on the road. */
    public Duration timeUntilDeparture(Duration since) {
        if (since.compareTo(leavesAt) < 0) {
            return leavesAt.minus(since);
        }
        Duration drive = routeHome.duration();
        Duration leavesHome = drive.plus(atHome);
        Duration atWorkAgain = leavesHome.plus(drive);
        Duration time = timeInCycle(since);
        return switch (at(since).place()) {
            case AT_HOME -> leavesHome.minus(time);
            case AT_WORK -> atWorkAgain.plus(atWork).minus(time);
            case DRIVING_HOME, DRIVING_TO_WORK -> Duration.ZERO;
        };
    }

    private Duration timeInCycle(Duration since) {
        Duration round =
                routeHome.duration().plus(atHome).plus(routeHome.duration()).plus(atWork);
        return Duration.ofMillis(since.minus(leavesAt).toMillis() % round.toMillis());
    }
}
