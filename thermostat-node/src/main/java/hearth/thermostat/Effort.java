package hearth.thermostat;

import hearth.common.value.Celsius;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;

/**
 * Whether heating is of any use. A heater that does not warm the room by half a kelvin in half an hour is broken, its
 * relay is, or the sensor has fallen behind the radiator: heating on would be dangerous or for the birds.
 *
 * <p>The half hour may be made of several runs, so that neither a short {@code max-on} nor a sensor that comes and goes
 * hides a dead heater. A pause of half an hour begins a new one.
 *
 * @param from      how warm the room was when this half hour began
 * @param heated    how much of it is over, the present run aside
 * @param judgeAt   when it is over; {@link Instant#MAX} while nothing heats, or when it has been of use
 * @param endedAt   when the last run ended; {@link Instant#MIN} before the first
 * @param failures  half hours in a row that were of no use; at three it is latched
 * @param restUntil so long after a failure it rests; {@link Instant#MIN} without one
 */
record Effort(Celsius from, Duration heated, Instant judgeAt, Instant endedAt, int failures, Instant restUntil) {

    private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);
    private static final Duration ALMOST = HALF_AN_HOUR.minusMinutes(1);
    private static final double RISE_K = 0.5;
    private static final int LATCHED = 3;

    static Effort none(boolean latched) {
        return new Effort(Celsius.of(0), Duration.ZERO, Instant.MAX, Instant.MIN, latched ? LATCHED : 0, Instant.MIN);
    }

    boolean latched() {
        return failures >= LATCHED;
    }

    /** The owner has looked at it. A half hour under way goes on: resetting now and then must not hide anything. */
    Effort forgiven() {
        return new Effort(from, heated, judgeAt, endedAt, 0, Instant.MIN);
    }

    Effort begun(Celsius room, Instant now) {
        boolean anew = heated.isZero() || now.isAfter(endedAt.plus(HALF_AN_HOUR));
        return anew ? running(room, Duration.ZERO, now) : running(from, heated, now);
    }

    private Effort running(Celsius since, Duration soFar, Instant now) {
        return new Effort(since, soFar, now.plus(HALF_AN_HOUR.minus(soFar)), endedAt, failures, restUntil);
    }

    boolean hasWarmed(Celsius room) {
        return Airco.reaches(room.minusK(from), RISE_K);
    }

    /** @param useful it has warmed the room, or the target was reached */
    Effort ended(boolean useful, Instant now) {
        if (useful) {
            return new Effort(from, Duration.ZERO, Instant.MAX, now, 0, Instant.MIN);
        }
        boolean underWay = !judgeAt.equals(Instant.MAX);
        Duration soFar = underWay ? HALF_AN_HOUR.minus(Duration.between(now, judgeAt)) : Duration.ZERO;
        Duration known = Collections.min(List.of(soFar, ALMOST)); // It ended blind: it is judged in the next run.
        return new Effort(from, known, Instant.MAX, now, failures, restUntil);
    }

    boolean isDue(Instant now) {
        return !now.isBefore(judgeAt);
    }

    Effort judged(Celsius room, Instant now) {
        boolean useful = hasWarmed(room);
        return new Effort(
                from,
                Duration.ZERO,
                Instant.MAX,
                now,
                useful ? 0 : failures + 1,
                useful ? Instant.MIN : now.plus(HALF_AN_HOUR));
    }
}
