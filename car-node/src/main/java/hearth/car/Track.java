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
 * Where the car has been lately, as far as its receiver can be believed.
 *
 * <p>A fix at a place that no car can have reached since the last one is doubted. Three in a row that agree with each
 * other are believed after all: the car was carried, or the receiver was wrong before.
 *
 * @param points       oldest first, about ten seconds apart for two minutes; the last is the latest
 * @param implausible    the latest fixes, if they agree with each other but not with what was seen
 * @param closingMps how fast it gets nearer to home, in m/s; negative when it goes away, 0 while that is not known
 * @param jumps      how often a new place was believed after all
 */
record Track(List<TrackPoint> points, List<TrackPoint> implausible, double closingMps, long jumps) {

    static final Track NONE = new Track(List.of(), List.of(), 0, 0);

    /** About 250 km/h: no car on a road home is faster. */
    private static final double MAX_SPEED_MPS = 70;

    private static final int FIXES_TO_ACCEPT_JUMP = 3;

    private static final Duration SPACING = Duration.ofSeconds(10);
    private static final Duration WINDOW = Duration.ofMinutes(2);

    /** A receiver that speaks once a minute only has to tell a direction too. */
    private static final int MIN_POINTS = 3;

    private static final Duration MAX_WINDOW = Duration.ofMinutes(10);

    private static final Duration MIN_SPAN = Duration.ofSeconds(20);

    /** A receiver without a fix says 0° N 0° E, and some say it with confidence. */
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

    /** This track and one fix more, believed or doubted. */
    Track with(Fix fix, Position home, Instant now) {
        TrackPoint next =
                new TrackPoint(now, fix.position(), fix.errorM(), fix.position().metresTo(home));
        if (isEmpty() || next.isReachableFrom(last())) {
            return plus(next);
        }
        boolean agrees = !implausible.isEmpty() && next.isReachableFrom(implausible.get(implausible.size() - 1));
        List<TrackPoint> doubts =
                agrees ? Stream.concat(implausible.stream(), Stream.of(next)).toList() : List.of(next);
        return doubts.size() < FIXES_TO_ACCEPT_JUMP
                ? new Track(points, doubts, closingMps, jumps)
                : new Track(List.of(next), List.of(), 0, jumps + 1);
    }

    private Track plus(TrackPoint next) {
        List<TrackPoint> kept = new ArrayList<>(points);
        int size = kept.size();
        if (size >= 2
                && Duration.between(kept.get(size - 2).at, kept.get(size - 1).at)
                                .compareTo(SPACING)
                        < 0) {
            kept.remove(size - 1); // It was there as the latest only.
        }
        kept.add(next);
        while (isTooOld(kept, next)) {
            kept.remove(0);
        }
        return new Track(kept, List.of(), closingMps(kept), jumps);
    }

    private static boolean isTooOld(List<TrackPoint> kept, TrackPoint next) {
        Duration age = Duration.between(kept.get(0).at, next.at);
        return age.compareTo(MAX_WINDOW) > 0 || (kept.size() > MIN_POINTS && age.compareTo(WINDOW) > 0);
    }

    /** Whether it has been seen for long enough to know how fast it closes in. */
    boolean hasSpeed() {
        return areEnoughForSpeed(points);
    }

    private static boolean areEnoughForSpeed(List<TrackPoint> seen) {
        return seen.size() >= MIN_POINTS
                && Duration.between(seen.get(0).at, seen.get(seen.size() - 1).at)
                                .compareTo(MIN_SPAN)
                        >= 0;
    }

    /** The median of the speeds between all pairs (Theil and Sen): a quarter of the fixes may err, and it still holds. */
    private static double closingMps(List<TrackPoint> seen) {
        if (!areEnoughForSpeed(seen)) {
            return 0;
        }
        double[] speeds = new double[seen.size() * (seen.size() - 1) / 2];
        int count = 0;
        for (int i = 0; i < seen.size(); i++) {
            for (int j = i + 1; j < seen.size(); j++) {
                double seconds =
                        Duration.between(seen.get(i).at, seen.get(j).at).toMillis() / 1000.0;
                speeds[count++] = (seen.get(i).metres - seen.get(j).metres) / seconds;
            }
        }
        Arrays.sort(speeds);
        return speeds[speeds.length / 2];
    }
}
