package hearth.thermostat;

import hearth.common.value.Celsius;
import java.time.Duration;
import java.time.Instant;

/**
 * Whether heating is of any use. A heater that does not warm the room by half a kelvin in half an hour is broken, its
 * relay is, or the sensor has fallen behind the radiator: heating on would be dangerous or for the birds.
 *
 * @param from     how warm the room was when this run began
 * @param judgeAt  when this run is judged; {@link Instant#MAX} while none runs or it has been
 * @param failures runs in a row that were of no use; at three it is latched
 * @param restUntil so long after a failure it rests; {@link Instant#MIN} without one
 */
record Effort(Celsius from, Instant judgeAt, int failures, Instant restUntil) {

    static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);
    static final double RISE_K = 0.5;
    static final int LATCHED = 3;

    static Effort none(boolean latched) {
        return new Effort(Celsius.of(0), Instant.MAX, latched ? LATCHED : 0, Instant.MIN);
    }

    boolean latched() {
        return failures >= LATCHED;
    }

    Effort begun(Celsius room, Instant now) {
        return new Effort(room, now.plus(HALF_AN_HOUR), failures, restUntil);
    }

    Effort ended() {
        return new Effort(from, Instant.MAX, failures, restUntil);
    }

    boolean isDue(Instant now) {
        return !now.isBefore(judgeAt);
    }

    Effort judged(Celsius room, Instant now) {
        boolean useful = room.minusK(from) >= RISE_K - Airco.ROUNDING_K;
        return useful
                ? new Effort(from, Instant.MAX, 0, Instant.MIN)
                : new Effort(from, Instant.MAX, failures + 1, now.plus(HALF_AN_HOUR));
    }
}
