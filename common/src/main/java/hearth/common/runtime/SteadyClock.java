package hearth.common.runtime;

import hearth.common.value.Pace;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * A clock that never jumps: set by the wall once, at start, and driven by the processor's counter from then on. When NTP
 * arrives late and moves the wall clock by years, nothing here moves.
 */
public final class SteadyClock implements InstantSource {

    private final Instant anchor;
    private final long begin = System.nanoTime();
    private final Pace pace;

    public SteadyClock(Pace pace) {
        this(pace, InstantSource.system());
    }

    SteadyClock(Pace pace, InstantSource wall) {
        this.pace = pace;
        this.anchor = wall.instant();
    }

    @Override
    public Instant instant() {
        return anchor.plus(pace.inTheHouse(Duration.ofNanos(System.nanoTime() - begin)));
    }
}
