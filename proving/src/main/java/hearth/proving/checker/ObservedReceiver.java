package hearth.proving.checker;

import hearth.proving.journal.JournalEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** The latest fixes of the car's receiver, without fixes with a large error or at 0° N 0° E. */
final class ObservedReceiver {

    private static final double EARTH_RADIUS_M = 6_371_000;
    private static final double NULL_ISLAND_M = 1_000;
    private static final double MAX_MPS = 70;
    private static final int MAX_RECENT = 6;
    private static final long MAX_RECENT_AGE_MS = Duration.ofMinutes(1).toMillis();

    private final double worstFixM;

    /** The latest first. */
    private final Deque<ReceivedFix> recent = new ArrayDeque<>();

    private int plausibleCount;

    private record ReceivedFix(long at, JournalEvent.FixRead fix) {

        boolean canFollow(ReceivedFix before) {
            double seconds = (at - before.at) / 1000.0;
            double metres = distanceM(
                    before.fix.latitudeDeg(), before.fix.longitudeDeg(), fix.latitudeDeg(), fix.longitudeDeg());
            return metres <= MAX_MPS * seconds + before.fix.errorM() + fix.errorM();
        }
    }

    ObservedReceiver(double worstFixM) {
        this.worstFixM = worstFixM;
    }

    void forget() {
        recent.clear();
        plausibleCount = 0;
    }

    /** @return whether the fix is accepted */
    boolean accepts(long now, JournalEvent.FixRead fix) {
        boolean good = fix.errorM() >= 0 && fix.errorM() <= worstFixM; // False for NaN.
        if (!good || isNullIsland(fix)) {
            return false;
        }
        ReceivedFix next = new ReceivedFix(now, fix);
        plausibleCount = !recent.isEmpty() && next.canFollow(recent.element()) ? plausibleCount + 1 : 1;
        recent.addFirst(next);
        if (recent.size() > MAX_RECENT) {
            recent.removeLast();
        }
        return true;
    }

    /** How many of the latest fixes a car can have reached one after the other. */
    int plausibleCount() {
        return plausibleCount;
    }

    /** The time of the latest fix. */
    long latestAt() {
        return recent.isEmpty() ? EventObserver.LONG_AGO : recent.element().at;
    }

    /** Whether no car can have reached the latest fix from any fix of the last minute. Requires a fix. */
    boolean hasJumped() {
        ReceivedFix last = recent.element();
        int others = 0;
        for (ReceivedFix one : recent) {
            if (!one.equals(last) && last.at - one.at <= MAX_RECENT_AGE_MS) {
                others++;
                if (last.canFollow(one)) {
                    return false;
                }
            }
        }
        return others > 1; // A single earlier fix may itself be the outlier.
    }

    /** Some receivers report 0° N 0° E without a fix. */
    private static boolean isNullIsland(JournalEvent.FixRead fix) {
        boolean far = Math.abs(fix.latitudeDeg()) > 1 || Math.abs(fix.longitudeDeg()) > 1;
        return !far && distanceM(fix.latitudeDeg(), fix.longitudeDeg(), 0, 0) < NULL_ISLAND_M;
    }

    /** The haversine formula. */
    static double distanceM(double latitudeDeg, double longitudeDeg, double toLatitudeDeg, double toLongitudeDeg) {
        double up = Math.sin(Math.toRadians(toLatitudeDeg - latitudeDeg) / 2);
        double across = Math.sin(Math.toRadians(toLongitudeDeg - longitudeDeg) / 2);
        double squeeze = Math.cos(Math.toRadians(latitudeDeg)) * Math.cos(Math.toRadians(toLatitudeDeg));
        return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(up * up + squeeze * across * across)));
    }
}
