package hearth.car;

import hearth.common.value.Fix;
import hearth.common.value.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The plausible fixes of the last minutes.
 *
 * <p>A fix is implausible if no car can have got there since the fix before. Three implausible fixes in a row that agree
 * with each other are accepted: the car was transported, or the receiver was wrong before.
 *
 * @param points      oldest first, about ten seconds apart for two minutes; the last is the latest
 * @param implausible the latest fixes, if they agree with each other but not with the points
 * @param closingMps  speed towards home in m/s; negative if the car goes away, 0 while it is not known
 * @param jumps       how often implausible fixes were accepted
 */
record Track(List<TrackPoint> points, List<TrackPoint> implausible, double closingMps, long jumps) {

    static final Track NONE = new Track(List.of(), List.of(), 0, 0);

    /** About 250 km/h: no car on a road is faster. */
    private static final double MAX_SPEED_MPS = 70;

    private static final int FIXES_TO_ACCEPT_JUMP = 3;

    private static final Duration SPACING = Duration.ofSeconds(10);
    private static final Duration WINDOW = Duration.ofMinutes(2);

    /** Also a receiver that sends one fix per minute must give a direction, so these are recent beyond the window. */
    private static final int MIN_POINTS = 3;

    private static final Duration MAX_WINDOW = Duration.ofMinutes(10);

    private static final Duration MIN_SPAN = Duration.ofSeconds(20);

    /** The position that a receiver without a fix reports, some with a small error. */
    private static final Position NULL_ISLAND = new Position(0, 0);

    private static final double NULL_ISLAND_M = 1_000;

    /** @param metres from home */
    record TrackPoint(Instant at, Position position, double errorM, double metres) {

        boolean isReachableFrom(TrackPoint before) {
            double seconds = Duration.between(before.at, at).toMillis() / 1000.0;
            return position.metresTo(before.position) <= MAX_SPEED_MPS * seconds + errorM + before.errorM;
        }
    }

    Track {
        points = List.copyOf(points);
        implausible = List.copyOf(implausible);
    }

    static boolean isNullIsland(Position position) {
        return position.metresTo(NULL_ISLAND) < NULL_ISLAND_M;
    }

    boolean isEmpty() {
        return points.isEmpty();
    }

    TrackPoint last() {
        return points.get(points.size() - 1);
    }

    /** This track with one more fix, plausible or not. */
    Track with(Fix fix, Position home, Instant now) {
        TrackPoint next =
                new TrackPoint(now, fix.position(), fix.errorM(), fix.position().metresTo(home));
        if (isEmpty() || next.isReachableFrom(last())) {
            return plus(next);
        }
        boolean agrees = !implausible.isEmpty() && next.isReachableFrom(implausible.get(implausible.size() - 1));
        List<TrackPoint> agreeing =
                agrees ? Stream.concat(implausible.stream(), Stream.of(next)).toList() : List.of(next);
        return agreeing.size() < FIXES_TO_ACCEPT_JUMP
                ? new Track(points, agreeing, closingMps, jumps)
                : new Track(List.of(next), List.of(), 0, jumps + 1);
    }

    private Track plus(TrackPoint next) {
        List<TrackPoint> recent = new ArrayList<>(points);
        int size = recent.size();
        if (size >= 2
                && Duration.between(recent.get(size - 2).at, recent.get(size - 1).at)
                                .compareTo(SPACING)
                        < 0) {
            recent.remove(size - 1); // Too close to the one before: it was kept only as the latest.
        }
        recent.add(next);
        while (isTooOld(recent, next)) {
            recent.remove(0);
        }
        return new Track(recent, List.of(), closingMps(recent), jumps);
    }

    private static boolean isTooOld(List<TrackPoint> recent, TrackPoint next) {
        Duration age = Duration.between(recent.get(0).at, next.at);
        return age.compareTo(MAX_WINDOW) > 0 || (recent.size() > MIN_POINTS && age.compareTo(WINDOW) > 0);
    }

    /** Whether there are enough points to know the speed. */
    boolean hasSpeed() {
        return areEnoughForSpeed(points);
    }

    private static boolean areEnoughForSpeed(List<TrackPoint> points) {
        return points.size() >= MIN_POINTS
                && Duration.between(points.get(0).at, points.get(points.size() - 1).at)
                                .compareTo(MIN_SPAN)
                        >= 0;
    }

    /** The median of the speeds between all pairs (Theil and Sen): right even if a quarter of the fixes are wrong. */
    private static double closingMps(List<TrackPoint> points) {
        if (!areEnoughForSpeed(points)) {
            return 0;
        }
        double[] speeds = new double[points.size() * (points.size() - 1) / 2];
        int count = 0;
        for (int i = 0; i < points.size(); i++) {
            for (int j = i + 1; j < points.size(); j++) {
                double seconds =
                        Duration.between(points.get(i).at, points.get(j).at).toMillis() / 1000.0;
                speeds[count++] = (points.get(i).metres - points.get(j).metres) / seconds;
            }
        }
        Arrays.sort(speeds);
        return speeds[speeds.length / 2];
    }
}
