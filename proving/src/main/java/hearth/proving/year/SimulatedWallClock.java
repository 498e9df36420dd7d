package hearth.proving.year;

import hearth.common.runtime.WallClock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;

/** The wall clock of the simulated Pis. NTP may set it, or be absent. */
final class SimulatedWallClock implements WallClock {

    private final SimulationContext simulation;
    private Duration offset = Duration.ZERO;
    private boolean synchronised = true;

    SimulatedWallClock(SimulationContext simulation) {
        this.simulation = simulation;
    }

    void setOffset(Duration newOffset) {
        offset = newOffset;
    }

    void synchronised(boolean is) {
        synchronised = is;
    }

    @Override
    public Optional<ZonedDateTime> now() {
        return synchronised ? Optional.of(simulation.now().plus(offset).atZone(ZoneOffset.UTC)) : Optional.empty();
    }
}
