package hearth.car;

import hearth.common.core.Docket;
import hearth.common.core.Memory;
import java.time.Instant;

/**
 * What the car knows. Its place is in here and goes nowhere else.
 *
 * @param boot       this boot's id
 * @param trips      ids given to trips since the boot
 * @param atHome     once within the home circle, until well out of it
 * @param km         the distance from home as it is told; {@link #NOWHERE} before the first fix
 * @param calledOff  the last trip that ended in turning away
 * @param deafAt     when there will have been no good fix for too long
 */
record CarState(
        String boot,
        long trips,
        Track track,
        boolean atHome,
        long km,
        Trip trip,
        CalledOff calledOff,
        Instant deafAt,
        Memory memory,
        Docket docket) {

    static final long NOWHERE = -1;

    /** @param until when nobody can still be waiting for that trip */
    record CalledOff(String trip, Instant until) {

        static final CalledOff NONE = new CalledOff("", Instant.MIN);
    }

    double metres() {
        return track.last().metres();
    }

    /** The receiver is doubted or heard anew; the place is what it was, if only doubted. */
    CarState with(Track newTrack) {
        return new CarState(boot, trips, newTrack, atHome, km, trip, calledOff, deafAt, memory, docket);
    }

    CarState with(Trip newTrip) {
        return new CarState(boot, trips, track, atHome, km, newTrip, calledOff, deafAt, memory, docket);
    }

    CarState with(CalledOff newCalledOff) {
        return new CarState(boot, trips, track, atHome, km, trip, newCalledOff, deafAt, memory, docket);
    }

    CarState at(boolean nowAtHome, long newKm, Instant newDeafAt) {
        return new CarState(boot, trips, track, nowAtHome, newKm, trip, calledOff, newDeafAt, memory, docket);
    }

    /** This, with an estimate that ran out and was not kept up, as nothing was heard, taken for what it is. */
    CarState lapsed(Instant now) {
        return trip instanceof Trip.Coming coming && !now.isBefore(coming.arrival()) && isDeaf(now)
                ? with(new Trip.Begun(coming.id(), coming.closestM()))
                : this;
    }

    boolean isDeaf(Instant now) {
        return !now.isBefore(deafAt);
    }

    /** The car has left: its next trip gets its id. */
    CarState ready() {
        Trip next = new Trip.Ready(boot + "-" + (trips + 1));
        return new CarState(boot, trips + 1, track, atHome, km, next, calledOff, deafAt, memory, docket);
    }

    CarState with(Memory newMemory) {
        return new CarState(boot, trips, track, atHome, km, trip, calledOff, deafAt, newMemory, docket);
    }

    CarState with(Docket newDocket) {
        return new CarState(boot, trips, track, atHome, km, trip, calledOff, deafAt, memory, newDocket);
    }
}
