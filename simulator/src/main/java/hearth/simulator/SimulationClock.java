package hearth.simulator;

import hearth.common.runtime.MonotonicClock;
import java.time.Duration;
import java.time.Instant;

/** The simulated time. It stands still until {@link #start}, so that no node misses the beginning. */
final class SimulationClock {

    private final MonotonicClock clock;
    private volatile Instant start = Instant.MAX;

    SimulationClock(MonotonicClock clock) {
        this.clock = clock;
    }

    void start() {
        start = clock.instant();
    }

    /** The simulated time since {@link #start}; zero before it. */
    Duration elapsed() {
        Instant since = start;
        return since.equals(Instant.MAX) ? Duration.ZERO : Duration.between(since, clock.instant());
    }
}
