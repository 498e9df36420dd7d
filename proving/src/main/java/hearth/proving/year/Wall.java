package hearth.proving.year;

import hearth.common.runtime.WallClock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
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
    public Optional<ZonedDateTime> now() {
        return synchronised ? Optional.of(world.now().plus(off).atZone(ZoneOffset.UTC)) : Optional.empty();
    }
}
