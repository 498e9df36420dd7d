package hearth.thermostat;

import hearth.common.value.Celsius;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * Checks whether heating warms the room. If half an hour of heating does not warm it by 0.5 K, the heater or its relay
 * is broken, or the sensor has fallen behind the radiator: more heating would be dangerous or useless.
 *
 * <p>The half hour may consist of several heating periods, so that neither a short {@code max-on} nor a sensor with a
 * loose contact hides a broken heater. After a pause of half an hour a new half hour begins.
 *
 * @param startTemperature the room's temperature at the start of this half hour
 * @param heatedFor        how much of it is over, without the present heating period
 * @param checkAt          when it ends; {@link Instant#MAX} while the heat output is off, or if it has warmed the room
 * @param endedAt          when the last heating period ended; {@link Instant#MIN} before the first
 * @param failures         half hours in a row that did not warm the room; three are latched
 * @param pauseUntil       the end of the pause after a failure; {@link Instant#MIN} without a failure
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

    /** The owner has cleared the fault. The present half hour continues, so that frequent resets hide nothing. */
    HeatingResponse cleared() {
        return new HeatingResponse(startTemperature, heatedFor, checkAt, endedAt, 0, Instant.MIN);
    }

    HeatingResponse started(Celsius room, Instant now) {
        boolean restart = heatedFor.isZero() || now.isAfter(endedAt.plus(CHECK_PERIOD));
        return restart ? running(room, Duration.ZERO, now) : running(startTemperature, heatedFor, now);
    }

    private HeatingResponse running(Celsius start, Duration soFar, Instant now) {
        return new HeatingResponse(start, soFar, now.plus(CHECK_PERIOD.minus(soFar)), endedAt, failures, pauseUntil);
    }

    boolean hasWarmed(Celsius room) {
        return Kelvin.reaches(room.minusK(startTemperature), RISE_K);
    }

    /** @param useful whether the room has been warmed, or the target was reached */
    HeatingResponse ended(boolean useful, Instant now) {
        if (useful) {
            return new HeatingResponse(startTemperature, Duration.ZERO, Instant.MAX, now, 0, Instant.MIN);
        }
        boolean running = !checkAt.equals(Instant.MAX);
        Duration soFar = running ? CHECK_PERIOD.minus(Duration.between(now, checkAt)) : Duration.ZERO;
        Duration known =
                Collections.min(List.of(soFar, ALMOST)); // It ended without a reading: the next period decides.
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
