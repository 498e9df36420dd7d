package hearth.thermostat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Finds a sensor that repeats one reading. A DS18B20 whose conversion fails returns its old reading with a valid
 * checksum, without end. The reading of a sound sensor changes by its smallest step, 1/16 K, even in a room with a
 * constant temperature: exactly the same reading during six hours of heating or cooling means that the sensor is stuck.
 *
 * <p>Only time with an output on counts: a quiet, empty house is no fault, and a pause between two periods does not
 * start the count again. This is only a warning, because {@link HeatingResponse} stops heating without effect much
 * earlier. It ends with the first reading that differs.
 *
 * @param runTime      how long an output was on since the boot, without the present period
 * @param runningSince when the present period began; {@link Instant#MAX} while both outputs are off
 * @param changedAt    for each source, the run time at which its reading last changed
 */
record StuckSensorMonitor(Duration runTime, Instant runningSince, Map<String, Duration> changedAt) {

    static final StuckSensorMonitor NONE = new StuckSensorMonitor(Duration.ZERO, Instant.MAX, Map.of());

    private static final Duration STUCK_AFTER = Duration.ofHours(6);

    StuckSensorMonitor {
        changedAt = Map.copyOf(changedAt);
    }

    StuckSensorMonitor running(boolean on, Instant now) {
        if (on == isRunning()) {
            return this;
        }
        return on
                ? new StuckSensorMonitor(runTime, now, changedAt)
                : new StuckSensorMonitor(runTime(now), Instant.MAX, changedAt);
    }

    /** The reading of a source differs from the one before. */
    StuckSensorMonitor valueChanged(String source, Instant at) {
        Map<String, Duration> next = new HashMap<>(changedAt);
        next.put(source, runTime(at));
        return new StuckSensorMonitor(runTime, runningSince, next);
    }

    boolean isStuck(String source, Instant now) {
        return !now.isBefore(stuckAt(changedAt.getOrDefault(source, runTime(now))));
    }

    Stream<Instant> deadlines() {
        return changedAt.values().stream().map(this::stuckAt);
    }

    private Instant stuckAt(Duration at) {
        Duration left = STUCK_AFTER.minus(runTime.minus(at));
        if (isRunning()) {
            return runningSince.plus(left);
        }
        return left.compareTo(Duration.ZERO) > 0 ? Instant.MAX : Instant.MIN;
    }

    private Duration runTime(Instant at) {
        return at.isAfter(runningSince) ? runTime.plus(Duration.between(runningSince, at)) : runTime;
    }

    private boolean isRunning() {
        return !runningSince.equals(Instant.MAX);
    }
}
