package hearth.thermostat;

import hearth.common.value.Celsius;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * Whether heating is of any use. A heater that does not warm the room by half a kelvin in half an hour is broken, its
 * relay is, or the sensor has fallen behind the radiator: heating on would be dangerous or for the birds.
 *
 * <p>The half hour may be made of several runs, so that neither a short {@code max-on} nor a sensor that comes and goes
 * hides a dead heater. A pause of half an hour begins a new one.
 *
 * @param startTemperature      how warm the room was when this half hour began
 * @param heatedFor    how much of it is over, the present run aside
 * @param checkAt   when it is over; {@link Instant#MAX} while nothing heats, or when it has been of use
 * @param endedAt   when the last run ended; {@link Instant#MIN} before the first
 * @param failures  half hours in a row that were of no use; at three it is latched
 * @param pauseUntil so long after a failure it rests; {@link Instant#MIN} without one
 */
record HeatingResponse(
        Celsius startTemperature,
        Duration heatedFor,
        Instant checkAt,
        Instant endedAt,
        int failures,
        Instant pauseUntil) {

    private static final Duration CHECK_PERIOD = Duration.ofMinutes(30);
    private static final Duration ALMOST = CHECK_PERIOD.minusMinutes(1);
    private static final double RISE_K = 0.5;
    private static final int LATCH_AFTER = 3;

    static HeatingResponse initial(boolean latched) {
        return new HeatingResponse(
                Celsius.of(0), Duration.ZERO, Instant.MAX, Instant.MIN, latched ? LATCH_AFTER : 0, Instant.MIN);
    }

    boolean latched() {
        return failures >= LATCH_AFTER;
    }

    /** The owner has looked at it. A half hour under way goes on: resetting now and then must not hide anything. */
    HeatingResponse cleared() {
        return new HeatingResponse(startTemperature, heatedFor, checkAt, endedAt, 0, Instant.MIN);
    }

    HeatingResponse started(Celsius room, Instant now) {
        boolean anew = heatedFor.isZero() || now.isAfter(endedAt.plus(CHECK_PERIOD));
        return anew ? running(room, Duration.ZERO, now) : running(startTemperature, heatedFor, now);
    }

    private HeatingResponse running(Celsius since, Duration soFar, Instant now) {
        return new HeatingResponse(since, soFar, now.plus(CHECK_PERIOD.minus(soFar)), endedAt, failures, pauseUntil);
    }

    boolean hasWarmed(Celsius room) {
        return Kelvin.reaches(room.minusK(startTemperature), RISE_K);
    }

    /** @param useful it has warmed the room, or the target was reached */
    HeatingResponse ended(boolean useful, Instant now) {
        if (useful) {
            return new HeatingResponse(startTemperature, Duration.ZERO, Instant.MAX, now, 0, Instant.MIN);
        }
        boolean underWay = !checkAt.equals(Instant.MAX);
        Duration soFar = underWay ? CHECK_PERIOD.minus(Duration.between(now, checkAt)) : Duration.ZERO;
        Duration known = Collections.min(List.of(soFar, ALMOST)); // It ended blind: it is judged in the next run.
        return new HeatingResponse(startTemperature, known, Instant.MAX, now, failures, pauseUntil);
    }

    Stream<Instant> deadlines() {
        return Stream.of(checkAt, pauseUntil);
    }

    boolean isCheckDue(Instant now) {
        return !now.isBefore(checkAt);
    }

    HeatingResponse checked(Celsius room, Instant now) {
        boolean useful = hasWarmed(room);
        return new HeatingResponse(
                startTemperature,
                Duration.ZERO,
                Instant.MAX,
                now,
                useful ? 0 : failures + 1,
                useful ? Instant.MIN : now.plus(CHECK_PERIOD));
    }
}
