package hearth.thermostat;

import hearth.common.value.Celsius;
import java.time.Instant;

/**
 * What one sensor last said, and how far it is believed.
 *
 * <p>A reading far from the one before is an outlier until the next agrees. To switch something on both what is
 * confirmed and what is newest must ask for it; to switch off the newest alone is enough.
 *
 * @param confirmed the last reading that agreed with the one before it; the newest itself if none has yet
 * @param agreed    whether any has
 */
record Source(Celsius newest, Celsius confirmed, boolean agreed, Instant measuredAt) {

    /** More than any room changes between two polls. */
    static final double JUMP_K = 5.0;

    static Source first(Celsius temperature, Instant measuredAt) {
        return new Source(temperature, temperature, false, measuredAt);
    }

    Source then(Celsius temperature, Instant measuredAt) {
        boolean agrees = isNear(temperature, newest) || (agreed && isNear(temperature, confirmed));
        return new Source(temperature, agrees ? temperature : confirmed, agreed || agrees, measuredAt);
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
