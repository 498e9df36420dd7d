package hearth.common.value;

import java.time.Duration;

/**
 * How fast the simulated house lives: {@code speed} of its seconds to one real second. 1 outside simulations.
 *
 * @param speed 1 to 10 000
 */
public record Pace(int speed) {

    public static final Pace REAL = new Pace(1);

    public Pace {
        if (speed < 1 || speed > 10_000) {
            throw new IllegalArgumentException("speed " + speed + ": must be from 1 to 10000");
        }
    }

    /** How long one really waits for so much of the house's time. */
    public Duration real(Duration housesTime) {
        return housesTime.dividedBy(speed);
    }

    /** How much of the house's time passes meanwhile. */
    public Duration inTheHouse(Duration realTime) {
        return realTime.multipliedBy(speed);
    }

    /** A life on the wire: whole real seconds, rounded up. */
    public long wireSeconds(Duration housesTime) {
        return real(housesTime).plusNanos(999_999_999).toSeconds();
    }
}
