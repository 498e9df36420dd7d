package hearth.common.value;

import java.time.Duration;

/**
 * The speed of a simulation: {@code speed} simulated seconds per real second. 1 outside simulations.
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

    /** The real time of a simulated duration. */
    public Duration toReal(Duration simulatedTime) {
        return simulatedTime.dividedBy(speed);
    }

    /** The simulated time of a real duration. */
    public Duration toSimulated(Duration realTime) {
        return realTime.multipliedBy(speed);
    }

    /** MQTT message expiry: whole real seconds, rounded up. */
    public long toExpirySeconds(Duration simulatedTime) {
        return toReal(simulatedTime).plusNanos(999_999_999).toSeconds();
    }
}
