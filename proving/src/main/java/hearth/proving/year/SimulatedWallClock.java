package hearth.proving.year;

import hearth.common.runtime.WallClock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;

/** What the machines believe the hour to be. NTP moves it about, or is not there. */
final class SimulatedWallClock implements WallClock {

    private final SimulationContext simulation;
    private Duration offset = Duration.ZERO;
    private boolean synchronised = true;

    SimulatedWallClock(SimulationContext world) {
        this.simulation = world;
    }

    void setOffset(Duration nowOff) {
        offset = nowOff;
    }

    void synchronised(boolean is) {
        synchronised = is;
    }

    @Override
    public Optional<ZonedDateTime> now() {
        return synchronised ? Optional.of(simulation.now().plus(offset).atZone(ZoneOffset.UTC)) : Optional.empty();
    }
}
