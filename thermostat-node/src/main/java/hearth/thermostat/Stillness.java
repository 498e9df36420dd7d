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
 * what heats in vain is stopped by {@link Effort} long before, and ends with the first reading that differs.
 *
 * @param worked how long the relays were on since the boot, the present run aside
 * @param since  when the present run began; {@link Instant#MAX} while nothing runs
 * @param newAt  how much of that was over when each sensor last said something new
 */
record Stillness(Duration worked, Instant since, Map<String, Duration> newAt) {

    static final Stillness NONE = new Stillness(Duration.ZERO, Instant.MAX, Map.of());

    private static final Duration TOO_LONG = Duration.ofHours(6);

    Stillness {
        newAt = Map.copyOf(newAt);
    }

    Stillness running(boolean on, Instant now) {
        if (on == isRunning()) {
            return this;
        }
        return on ? new Stillness(worked, now, newAt) : new Stillness(worked(now), Instant.MAX, newAt);
    }

    /** A sensor has said something else than before. */
    Stillness news(String source, Instant at) {
        Map<String, Duration> next = new HashMap<>(newAt);
        next.put(source, worked(at));
        return new Stillness(worked, since, next);
    }

    boolean isStuck(String source, Instant now) {
        return !now.isBefore(stuckAt(newAt.getOrDefault(source, worked(now))));
    }

    Stream<Instant> deadlines() {
        return newAt.values().stream().map(this::stuckAt);
    }

    private Instant stuckAt(Duration at) {
        Duration left = TOO_LONG.minus(worked.minus(at));
        if (isRunning()) {
            return since.plus(left);
        }
        return left.compareTo(Duration.ZERO) > 0 ? Instant.MAX : Instant.MIN;
    }

    private Duration worked(Instant at) {
        return at.isAfter(since) ? worked.plus(Duration.between(since, at)) : worked;
    }

    private boolean isRunning() {
        return !since.equals(Instant.MAX);
    }
}
