package hearth.common.runtime;

import hearth.common.value.TimeScale;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * A clock that never jumps: it reads the wall clock once, at the start, and then counts with the processor's counter.
 * When NTP corrects the wall clock later, even by years, this clock does not change.
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
