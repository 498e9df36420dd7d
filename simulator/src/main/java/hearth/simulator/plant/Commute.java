package hearth.simulator.plant;

import hearth.common.value.Position;
import java.time.Duration;

/**
 * The car's days: at work, home along the track, at home, back to work, and so on for ever.
 *
 * @param wayHome  from work to home
 * @param leavesAt when it first leaves work, counted from the begin of the simulation
 * @param atHome   how long it stays home
 * @param atWork   how long it stays at work
 */
public record Commute(Drive wayHome, Duration leavesAt, Duration atHome, Duration atWork) {

    public enum Place {
        AT_WORK,
        DRIVING_HOME,
        AT_HOME,
        DRIVING_TO_WORK
    }

    public record Whereabouts(Place place, Position position, double speedMps) {}

    public Whereabouts at(Duration since) {
        Duration drive = wayHome.duration();
        if (since.compareTo(leavesAt) < 0) {
            return new Whereabouts(Place.AT_WORK, wayHome.start(), 0);
        }
        Duration time = timeOfRound(since);
        if (time.compareTo(drive) < 0) {
            return new Whereabouts(Place.DRIVING_HOME, wayHome.positionAt(time), wayHome.speedAt(time));
        }
        time = time.minus(drive);
        if (time.compareTo(atHome) < 0) {
            return new Whereabouts(Place.AT_HOME, wayHome.end(), 0);
        }
        time = time.minus(atHome);
        if (time.compareTo(drive) < 0) {
            Drive toWork = wayHome.back();
            return new Whereabouts(Place.DRIVING_TO_WORK, toWork.positionAt(time), toWork.speedAt(time));
        }
        return new Whereabouts(Place.AT_WORK, wayHome.start(), 0);
    }

    /** How long it will stand where it stands; zero while it drives. */
    public Duration untilItLeaves(Duration since) {
        if (since.compareTo(leavesAt) < 0) {
            return leavesAt.minus(since);
        }
        Duration drive = wayHome.duration();
        Duration leavesHome = drive.plus(atHome);
        Duration atWorkAgain = leavesHome.plus(drive);
        Duration time = timeOfRound(since);
        return switch (at(since).place()) {
            case AT_HOME -> leavesHome.minus(time);
            case AT_WORK -> atWorkAgain.plus(atWork).minus(time);
            case DRIVING_HOME, DRIVING_TO_WORK -> Duration.ZERO;
        };
    }

    private Duration timeOfRound(Duration since) {
        Duration round =
                wayHome.duration().plus(atHome).plus(wayHome.duration()).plus(atWork);
        return Duration.ofMillis(since.minus(leavesAt).toMillis() % round.toMillis());
    }
}
