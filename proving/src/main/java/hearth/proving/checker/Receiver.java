package hearth.proving.checker;

import hearth.proving.journal.Event;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** What the car's receiver said lately, without what cannot be: too large an error, and 0° N 0° E. */
final class Receiver {

    private static final double EARTH_RADIUS_M = 6_371_000;
    private static final double NULL_ISLAND_M = 1_000;
    private static final double FASTEST_MPS = 70;
    private static final int LOOKS_BACK = 6;
    private static final long LOOKS_BACK_MS = Duration.ofMinutes(1).toMillis();

    private final double worstFixM;

    /** The latest first. */
    private final Deque<Seen> seen = new ArrayDeque<>();

    private int run;

    private record Seen(long at, Event.Fixed fix) {

        boolean canFollow(Seen before) {
            double seconds = (at - before.at) / 1000.0;
            double metres =
                    metres(before.fix.latitudeDeg(), before.fix.longitudeDeg(), fix.latitudeDeg(), fix.longitudeDeg());
            return metres <= FASTEST_MPS * seconds + before.fix.errorM() + fix.errorM();
        }
    }

    Receiver(double worstFixM) {
        this.worstFixM = worstFixM;
    }

    void forget() {
        seen.clear();
        run = 0;
    }

    /** @return whether it may count */
    boolean sees(long now, Event.Fixed fix) {
        boolean good = fix.errorM() >= 0 && fix.errorM() <= worstFixM; // False for NaN.
        if (!good || isNullIsland(fix)) {
            return false;
        }
        Seen next = new Seen(now, fix);
        run = !seen.isEmpty() && next.canFollow(seen.element()) ? run + 1 : 1;
        seen.addFirst(next);
        if (seen.size() > LOOKS_BACK) {
            seen.removeLast();
        }
        return true;
    }

    /** How many of the latest fixes lie where a car can have been one after the other. */
    int run() {
        return run;
    }

    /** When the latest fix came. */
    long latestAt() {
        return seen.isEmpty() ? Watch.LONG_AGO : seen.element().at;
    }

    /** Ask only after a fix. Whether the latest is so far from all of the minute before that no car can have got there. */
    boolean hasJumped() {
        Seen last = seen.element();
        int others = 0;
        for (Seen one : seen) {
            if (!one.equals(last) && last.at - one.at <= LOOKS_BACK_MS) {
                others++;
                if (last.canFollow(one)) {
                    return false;
                }
            }
        }
        return others > 1; // One alone may be the one that jumped.
    }

    /** Where receivers without a fix believe to be. */
    private static boolean isNullIsland(Event.Fixed fix) {
        boolean far = Math.abs(fix.latitudeDeg()) > 1 || Math.abs(fix.longitudeDeg()) > 1;
        return !far && metres(fix.latitudeDeg(), fix.longitudeDeg(), 0, 0) < NULL_ISLAND_M;
    }

    /** The haversine formula. */
    static double metres(double latitudeDeg, double longitudeDeg, double toLatitudeDeg, double toLongitudeDeg) {
        double up = Math.sin(Math.toRadians(toLatitudeDeg - latitudeDeg) / 2);
        double across = Math.sin(Math.toRadians(toLongitudeDeg - longitudeDeg) / 2);
        double squeeze = Math.cos(Math.toRadians(latitudeDeg)) * Math.cos(Math.toRadians(toLatitudeDeg));
        return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(up * up + squeeze * across * across)));
    }
}
