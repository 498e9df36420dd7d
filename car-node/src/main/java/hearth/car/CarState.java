package hearth.car;

import hearth.common.core.CommonState;
import hearth.common.core.NodeState;
import java.time.Instant;

/**
 * The state of a car, and the part that every node has. Only the track has positions, and no decision publishes them.
 *
 * @param lastFix the result of the latest plausible fix
 */
record CarState(Track track, LastFix lastFix, Trips trips, CommonState common) implements NodeState<CarState> {

    /**
     * @param atHome  true from the home circle on until the car is well outside
     * @param km      the published distance from home; {@link #DISTANCE_UNKNOWN} before the first fix
     * @param staleAt when the last good fix is too old
     */
    record LastFix(boolean atHome, long km, Instant staleAt) {

        static final long DISTANCE_UNKNOWN = -1;

        static LastFix none(Instant staleAt) {
            return new LastFix(false, DISTANCE_UNKNOWN, staleAt);
        }
    }

    /**
     * @param count     trips that were given an id since the boot
     * @param cancelled the last trip that was cancelled because the car turned away
     */
    record Trips(long count, Trip current, CancelledTrip cancelled) {

        static Trips atBoot(Trip saved) {
            return new Trips(0, saved, CancelledTrip.NONE);
        }
    }

    /** @param expiresAt when no node can still expect that trip */
    record CancelledTrip(String trip, Instant expiresAt) {

        static final CancelledTrip NONE = new CancelledTrip("", Instant.MIN);
    }

    Trip trip() {
        return trips.current;
    }

    double metres() {
        return track.last().metres();
    }

    /** A fix was received. If it is implausible, the last position is unchanged. */
    CarState with(Track other) {
        return new CarState(other, lastFix, trips, common);
    }

    CarState with(LastFix other) {
        return new CarState(track, other, trips, common);
    }

    CarState with(Trip trip) {
        return with(new Trips(trips.count, trip, trips.cancelled));
    }

    CarState with(CancelledTrip cancelled) {
        return with(new Trips(trips.count, trips.current, cancelled));
    }

    private CarState with(Trips other) {
        return new CarState(track, lastFix, other, common);
    }

    @Override
    public CarState with(CommonState other) {
        return new CarState(track, lastFix, trips, other);
    }

    /** An estimate that ran out while no fix was received is no longer announced. */
    CarState withLapsedTrip(Instant now) {
        return trip() instanceof Trip.Announced coming && !now.isBefore(coming.arrival()) && isFixStale(now)
                ? with(new Trip.Suspended(coming.id(), coming.closestM()))
                : this;
    }

    boolean isFixStale(Instant now) {
        return !now.isBefore(lastFix.staleAt);
    }

    /** The car has left: its next trip gets its id. */
    CarState withNewTrip() {
        long count = trips.count + 1;
        return with(new Trips(count, new Trip.Departed(common.bootId() + "-" + count), trips.cancelled));
    }
}
