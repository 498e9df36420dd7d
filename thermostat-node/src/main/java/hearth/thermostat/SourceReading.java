package hearth.thermostat;

import hearth.common.value.Celsius;
import java.time.Duration;
import java.time.Instant;

/**
 * What one sensor last said, and how far it is believed.
 *
 * <p>A reading far from the one before is an outlier until the next agrees. To switch something on both what is
 * confirmed and what is newest must ask for it; to switch off the newest alone is enough.
 *
 * @param confirmed  the last reading that agreed with the one before it; the newest itself if none has yet
 * @param agreed     whether any has
 * @param plausible  whether the newest can be of a room; with one that cannot nothing runs until it is forgotten
 * @param measuredAt when the newest was measured
 */
record SourceReading(Celsius newest, Celsius confirmed, boolean agreed, boolean plausible, Instant measuredAt) {

    /** More than any room changes between two polls. */
    static final double JUMP_K = 5.0;

    /**
     * Another node's sensor speaks every 10 s. What comes sooner is the same reading once more, from the broker's store
     * or sent again after a reconnection, its age a second or two off: it confirms nothing.
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

    /** The same reading, perhaps; if it asks for off it is believed all the same. */
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
