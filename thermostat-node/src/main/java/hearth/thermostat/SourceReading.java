package hearth.thermostat;

import hearth.common.value.Celsius;
import java.time.Duration;
import java.time.Instant;

/**
 * The latest readings of one source.
 *
 * <p>A reading far from the one before is an outlier until the next reading agrees with it. An output goes on only if
 * both the confirmed and the newest reading ask for it; it goes off if the newest alone does.
 *
 * @param confirmed  the last reading that agreed with the one before it; the newest reading before there is any
 * @param agreed     whether a reading has agreed
 * @param plausible  whether the newest reading is plausible; while it is not, no output is on
 * @param measuredAt time of the newest reading
 */
record SourceReading(Celsius newest, Celsius confirmed, boolean agreed, boolean plausible, Instant measuredAt) {

    /** No room changes by more between two readings. */
    static final double JUMP_K = 5.0;

    /**
     * Another node publishes a temperature every 10 s. A message that arrives sooner is a copy of the last: retained, or
     * sent again after a reconnection, with an age that differs by a second or two. A copy confirms nothing.
     */
    static final Duration COPY_WINDOW = Duration.ofSeconds(3);

    static SourceReading first(Celsius temperature, boolean plausible, Instant measuredAt) {
        return new SourceReading(temperature, temperature, false, plausible, measuredAt);
    }

    SourceReading next(Celsius temperature, boolean nowPlausible, Instant now) {
        if (!nowPlausible || !plausible) {
            return first(temperature, nowPlausible, now);
        }
        boolean agrees = isNear(temperature, newest) || (agreed && isNear(temperature, confirmed));
        return new SourceReading(temperature, agrees ? temperature : confirmed, agreed || agrees, true, now);
    }

    /** A copy confirms nothing, but it may switch an output off. */
    SourceReading withCopy(Celsius temperature) {
        return new SourceReading(temperature, confirmed, agreed, plausible, measuredAt);
    }

    Celsius warmest() {
        return Celsius.warmer(newest, confirmed);
    }

    Celsius coldest() {
        return Celsius.colder(newest, confirmed);
    }

    private static boolean isNear(Celsius one, Celsius other) {
        return Math.abs(one.minusK(other)) <= JUMP_K;
    }
}
