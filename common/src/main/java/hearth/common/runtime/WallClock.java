package hearth.common.runtime;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;

/**
 * The time as people count it: for what they plan by the hour, and what they will look up later. Everything else counts
 * steady time.
 */
@FunctionalInterface
public interface WallClock {

    /** Empty while nobody has told this machine the time. */
    Optional<ZonedDateTime> now();

    /** The local time of day. */
    default Optional<LocalTime> hour() {
        return now().map(ZonedDateTime::toLocalTime);
    }

    /** The machine's own clock, believed once systemd has synchronised it. */
    static WallClock systemClock() {
        return synchronisedBy(Path.of("/run/systemd/timesync/synchronized"), Clock.system(ZoneId.systemDefault()));
    }

    /** A machine's clock, believed once this file is there. */
    static WallClock synchronisedBy(Path file, Clock clock) {
        return () -> Files.exists(file) ? Optional.of(ZonedDateTime.now(clock)) : Optional.empty();
    }

    /** The time in a simulated house. */
    static WallClock simulated(InstantSource clock, ZoneId zone) {
        return () -> Optional.of(clock.instant().atZone(zone));
    }
}
