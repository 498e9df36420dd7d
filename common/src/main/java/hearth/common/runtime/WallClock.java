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
 * The local date and time, for schedules by the hour and for records that people read. Everything else uses the
 * monotonic clock.
 */
@FunctionalInterface
public interface WallClock {

    /** Empty while the clock of this machine is not synchronised. */
    Optional<ZonedDateTime> now();

    /** The local time of day. */
    default Optional<LocalTime> hour() {
        return now().map(ZonedDateTime::toLocalTime);
    }

    /** The machine's clock, valid after systemd has synchronised it. */
    static WallClock systemClock() {
        return synchronisedBy(Path.of("/run/systemd/timesync/synchronized"), Clock.system(ZoneId.systemDefault()));
    }

    /** A machine's clock, valid while this file exists. */
    static WallClock synchronisedBy(Path file, Clock clock) {
        return () -> Files.exists(file) ? Optional.of(ZonedDateTime.now(clock)) : Optional.empty();
    }

    /** The time of a simulation. */
    static WallClock simulated(InstantSource clock, ZoneId zone) {
        return () -> Optional.of(clock.instant().atZone(zone));
    }
}
