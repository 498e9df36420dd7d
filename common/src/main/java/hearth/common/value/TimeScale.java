package hearth.common.value;

import java.time.Duration;

/**
 * How fast the simulated house lives: {@code speed} of its seconds to one real second. 1 outside simulations.
 *
 * @param speed 1 to 10 000
 */
public record TimeScale(int speed) {

    public static final TimeScale REAL_TIME = new TimeScale(1);

    public TimeScale {
        if (speed < 1 || speed > 10_000) {
            throw new IllegalArgumentException("speed " + speed + ": must be from 1 to 10000");
        }
    }

    /** How long one really waits for so much of the house's time. */
    public Duration toReal(Duration simulatedTime) {
        return simulatedTime.dividedBy(speed);
    }

    /** How much of the house's time passes meanwhile. */
    public Duration toSimulated(Duration realTime) {
        return realTime.multipliedBy(speed);
    }

    /** A life on the wire: whole real seconds, rounded up. */
    public long toExpirySeconds(Duration simulatedTime) {
        return toReal(simulatedTime).plusNanos(999_999_999).toSeconds();
    }
}
