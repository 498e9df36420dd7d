package hearth.simulator.year;

import hearth.common.runtime.WallClock;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** What the machines believe the hour to be. NTP moves it about, or is not there. */
final class Wall implements WallClock {

    private final World world;
    private Duration off = Duration.ZERO;
    private boolean synchronised = true;

    Wall(World world) {
        this.world = world;
    }

    void jump(Duration nowOff) {
        off = nowOff;
    }

    void synchronised(boolean is) {
        synchronised = is;
    }

    @Override
    public Optional<LocalTime> hour() {
        return synchronised
                ? Optional.of(LocalTime.ofInstant(world.now().plus(off), ZoneOffset.UTC))
                : Optional.empty();
    }
}
