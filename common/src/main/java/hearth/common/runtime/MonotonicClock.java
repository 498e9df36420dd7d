package hearth.common.runtime;

import hearth.common.value.TimeScale;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * A clock that never jumps: set by the wall once, at start, and driven by the processor's counter from then on. When NTP
 * arrives late and moves the wall clock by years, nothing here moves.
 */
public final class MonotonicClock implements InstantSource {

    private final Instant anchor;
    private final long begin = System.nanoTime();
    private final TimeScale timeScale;

    public MonotonicClock(TimeScale timeScale) {
        this(timeScale, InstantSource.system());
    }

    MonotonicClock(TimeScale timeScale, InstantSource wall) {
        this.timeScale = timeScale;
        this.anchor = wall.instant();
    }

    @Override
    public Instant instant() {
        return anchor.plus(timeScale.toSimulated(Duration.ofNanos(System.nanoTime() - begin)));
    }
}
