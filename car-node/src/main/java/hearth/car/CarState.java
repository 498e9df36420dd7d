package hearth.car;

import hearth.common.core.CommandLog;
import hearth.common.core.StorageStatus;
import java.time.Instant;

/**
 * What the car knows. Its place is in here and goes nowhere else.
 *
 * @param boot       this boot's id
 * @param tripCount      ids given to trips since the boot
 * @param atHome     once within the home circle, until well out of it
 * @param km         the distance from home as it is told; {@link #DISTANCE_UNKNOWN} before the first fix
 * @param cancelledTrip  the last trip that ended in turning away
 * @param fixStaleAt     when there will have been no good fix for too long
 */
record CarState(
        String boot,
        long tripCount,
        Track track,
        boolean atHome,
        long km,
        Trip trip,
        CancelledTrip cancelledTrip,
        Instant fixStaleAt,
        StorageStatus storage,
        CommandLog commandLog) {

    static final long DISTANCE_UNKNOWN = -1;

    /** @param expiresAt when nobody can still be waiting for that trip */
    record CancelledTrip(String trip, Instant expiresAt) {

        static final CancelledTrip NONE = new CancelledTrip("", Instant.MIN);
    }

    double metres() {
        return track.last().metres();
    }

    /** The receiver is doubted or heard anew; the place is what it was, if only doubted. */
    CarState with(Track newTrack) {
        return new CarState(
                boot, tripCount, newTrack, atHome, km, trip, cancelledTrip, fixStaleAt, storage, commandLog);
    }

    CarState with(Trip newTrip) {
        return new CarState(
                boot, tripCount, track, atHome, km, newTrip, cancelledTrip, fixStaleAt, storage, commandLog);
    }

    CarState with(CancelledTrip newCalledOff) {
        return new CarState(boot, tripCount, track, atHome, km, trip, newCalledOff, fixStaleAt, storage, commandLog);
    }

    CarState withPosition(boolean nowAtHome, long newKm, Instant newDeafAt) {
        return new CarState(
                boot, tripCount, track, nowAtHome, newKm, trip, cancelledTrip, newDeafAt, storage, commandLog);
    }

    /** This, with an estimate that ran out and was not kept up, as nothing was heard, taken for what it is. */
    CarState withLapsedTrip(Instant now) {
        return trip instanceof Trip.Announced coming && !now.isBefore(coming.arrival()) && isFixStale(now)
                ? with(new Trip.Suspended(coming.id(), coming.closestM()))
                : this;
    }

    boolean isFixStale(Instant now) {
        return !now.isBefore(fixStaleAt);
    }

    /** The car has left: its next trip gets its id. */
    CarState withNewTrip() {
        Trip next = new Trip.Departed(boot + "-" + (tripCount + 1));
        return new CarState(
                boot, tripCount + 1, track, atHome, km, next, cancelledTrip, fixStaleAt, storage, commandLog);
    }

    CarState with(StorageStatus newStorage) {
        return new CarState(
                boot, tripCount, track, atHome, km, trip, cancelledTrip, fixStaleAt, newStorage, commandLog);
    }

    CarState with(CommandLog newCommandLog) {
        return new CarState(
                boot, tripCount, track, atHome, km, trip, cancelledTrip, fixStaleAt, storage, newCommandLog);
    }
}
