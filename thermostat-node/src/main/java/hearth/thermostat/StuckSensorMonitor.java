package hearth.thermostat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Whether a sensor still feels anything. A DS18B20 whose conversion fails hands out its old reading with a valid
 * checksum, for ever. A sound one flickers by its smallest step, 1/16 K, even in a room where heater and walls hold the
 * balance: one that says exactly the same through six hours of heating or cooling is stuck.
 *
 * <p>Only work counts, so that a still, empty house is no fault and the rests between runs are no end. It only warns, as
 * what heats in vain is stopped by {@link HeatingResponse} long before, and ends with the first reading that differs.
 *
 * @param runTime how long the relays were on since the boot, the present run aside
 * @param runningSince  when the present run began; {@link Instant#MAX} while nothing runs
 * @param changedAt  how much of that was over when each sensor last said something new
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

    /** A sensor has said something else than before. */
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
