package hearth.common.runtime;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;

/** The hour of the day, for what people plan by it, such as quiet hours. Everything else counts steady time. */
@FunctionalInterface
public interface WallClock {

    /** The local time; empty while nobody has told this machine the time. */
    Optional<LocalTime> hour();

    /** The machine's own clock, believed once systemd has synchronised it. */
    static WallClock ofThisMachine() {
        return synchronisedBy(Path.of("/run/systemd/timesync/synchronized"), Clock.system(ZoneId.systemDefault()));
    }

    /** A machine's clock, believed once this file is there. */
    static WallClock synchronisedBy(Path sign, Clock clock) {
        return () -> Files.exists(sign) ? Optional.of(LocalTime.now(clock)) : Optional.empty();
    }

    /** The hour in a simulated house. */
    static WallClock simulated(InstantSource clock, ZoneId zone) {
        return () -> Optional.of(LocalTime.ofInstant(clock.instant(), zone));
    }
}
