package hearth.simulator.observer;

import hearth.simulator.journal.Event;
import java.time.Duration;

/** What the car's receiver said lately, without what cannot be: too large an error, and 0° N 0° E. */
final class Receiver {

    private static final double EARTH_RADIUS_M = 6_371_000;
    private static final double NULL_ISLAND_M = 1_000;
    private static final double FASTEST_MPS = 70;
    private static final int LOOKS_BACK = 6;
    private static final long LOOKS_BACK_MS = Duration.ofMinutes(1).toMillis();

    private final double worstFixM;
    private final Event.Fixed[] fixes = new Event.Fixed[LOOKS_BACK];
    private final long[] times = new long[LOOKS_BACK];
    private int count;
    private int run;

    Receiver(double worstFixM) {
        this.worstFixM = worstFixM;
    }

    void forget() {
        count = 0;
        run = 0;
    }

    /** @return whether it may count */
    boolean sees(long now, Event.Fixed fix) {
        boolean good = fix.errorM() >= 0 && fix.errorM() <= worstFixM; // False for NaN.
        if (!good || isNullIsland(fix)) {
            return false;
        }
        run = count > 0 && canFollow(count - 1, now, fix) ? run + 1 : 1;
        fixes[count % LOOKS_BACK] = fix;
        times[count % LOOKS_BACK] = now;
        count++;
        return true;
    }

    /** How many of the latest fixes lie where a car can have been one after the other. */
    int run() {
        return run;
    }

    /** When the latest fix came. */
    long latestAt() {
        return count == 0 ? Watch.LONG_AGO : times[(count - 1) % LOOKS_BACK];
    }

    /** Whether the latest is so far from all of the minute before that no car can have got there. */
    boolean hasJumped() {
        int last = count - 1;
        int others = 0;
        for (int i = last - 1; i >= 0 && i > last - LOOKS_BACK; i--) {
            if (times[last % LOOKS_BACK] - times[i % LOOKS_BACK] <= LOOKS_BACK_MS) {
                others++;
                if (canFollow(i, times[last % LOOKS_BACK], fixes[last % LOOKS_BACK])) {
                    return false;
                }
            }
        }
        return others > 1; // One alone may be the one that jumped.
    }

    private boolean canFollow(int before, long now, Event.Fixed fix) {
        Event.Fixed from = fixes[before % LOOKS_BACK];
        double seconds = (now - times[before % LOOKS_BACK]) / 1000.0;
        double metres = metres(from.latitudeDeg(), from.longitudeDeg(), fix.latitudeDeg(), fix.longitudeDeg());
        return metres <= FASTEST_MPS * seconds + from.errorM() + fix.errorM();
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
