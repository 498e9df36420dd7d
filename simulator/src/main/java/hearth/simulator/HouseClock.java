package hearth.simulator;

import hearth.common.runtime.MonotonicClock;
import java.time.Duration;
import java.time.Instant;

/** The simulated time. It stands still until the house begins to live, so that no node misses the begin. */
final class HouseClock {

    private final MonotonicClock clock;
    private volatile Instant begin = Instant.MAX;

    HouseClock(MonotonicClock clock) {
        this.clock = clock;
    }

    void begin() {
        begin = clock.instant();
    }

    /** How long the house has lived; zero before. */
    Duration age() {
        Instant since = begin;
        return since.equals(Instant.MAX) ? Duration.ZERO : Duration.between(since, clock.instant());
    }
}
