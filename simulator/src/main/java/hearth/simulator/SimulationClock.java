package hearth.simulator;

import hearth.common.runtime.MonotonicClock;
import java.time.Duration;
import java.time.Instant;

/** The simulated time. It stands still until the house begins to live, so that no node misses the begin. */
final class SimulationClock {

    private final MonotonicClock clock;
    private volatile Instant start = Instant.MAX;

    SimulationClock(MonotonicClock clock) {
        this.clock = clock;
    }

    void start() {
        start = clock.instant();
    }

    /** How long the house has lived; zero before. */
    Duration elapsed() {
        Instant since = start;
        return since.equals(Instant.MAX) ? Duration.ZERO : Duration.between(since, clock.instant());
    }
}
