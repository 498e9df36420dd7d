package hearth.thermostat;

import hearth.common.value.Celsius;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The sensors that the airco follows ({@code airco.sources}). A reading is fresh until it is {@code sensor.stale-after}
 * old. A source without a fresh reading for five more minutes is silent: a fault, although the other sources may be
 * enough to control the room.
 *
 * @param readings       the latest reading of each source, by its name; a source without any is absent
 * @param bootGraceUntil a missing reading is no fault before this; shortly after a boot none has arrived yet
 */
record Sources(Map<String, SourceReading> readings, Instant bootGraceUntil) {

    private static final Duration SILENT_AFTER_STALE = Duration.ofMinutes(5);

    Sources {
        readings = Map.copyOf(readings);
    }

    static Sources atBoot(Instant now, ClimateSettings settings) {
        return new Sources(Map.of(), now.plus(settings.staleAfter()));
    }

    /** A reading older than the latest is ignored. */
    Sources withReading(
            String source, Celsius temperature, boolean plausible, Instant measuredAt, ClimateSettings settings) {
        SourceReading latest = readings.get(source);
        if (latest == null || !isFresh(latest, measuredAt, settings)) {
            return with(source, SourceReading.first(temperature, plausible, measuredAt));
        }
        if (measuredAt.isBefore(latest.measuredAt())) {
            return this;
        }
        boolean mayBeCopy = plausible
                && !source.equals(ClimateSettings.LOCAL)
                && measuredAt.isBefore(latest.measuredAt().plus(SourceReading.COPY_WINDOW));
        return with(source, mayBeCopy ? latest.withCopy(temperature) : latest.next(temperature, plausible, measuredAt));
    }

    /** The room's temperature from all fresh readings; empty if no reading is fresh. */
    Optional<RoomTemperature> room(ClimateSettings settings, Instant now) {
        List<SourceReading> fresh = new ArrayList<>();
        for (String source : settings.sources()) {
            SourceReading latest = readings.get(source);
            if (latest != null && isFresh(latest, now, settings)) {
                fresh.add(latest);
            }
        }
        return RoomTemperature.of(fresh, settings.combine());
    }

    boolean isFresh(String source, ClimateSettings settings, Instant now) {
        SourceReading latest = readings.get(source);
        return latest != null && isFresh(latest, now, settings);
    }

    boolean isAnySilent(ClimateSettings settings, Instant now) {
        return silentAt(settings).anyMatch(silentAt -> !now.isBefore(silentAt));
    }

    Stream<Instant> deadlines(ClimateSettings settings) {
        Stream<Instant> staleAt = readings.values().stream().map(reading -> staleAt(reading, settings));
        return Stream.concat(Stream.of(bootGraceUntil), Stream.concat(staleAt, silentAt(settings)));
    }

    private Stream<Instant> silentAt(ClimateSettings settings) {
        return settings.sources().stream().map(source -> {
            SourceReading latest = readings.get(source);
            return (latest == null ? bootGraceUntil : staleAt(latest, settings)).plus(SILENT_AFTER_STALE);
        });
    }

    private Sources with(String source, SourceReading reading) {
        Map<String, SourceReading> all = new LinkedHashMap<>(readings);
        all.put(source, reading);
        return new Sources(all, bootGraceUntil);
    }

    private static boolean isFresh(SourceReading reading, Instant now, ClimateSettings settings) {
        return now.isBefore(staleAt(reading, settings));
    }

    private static Instant staleAt(SourceReading reading, ClimateSettings settings) {
        return reading.measuredAt().plus(settings.staleAfter());
    }
}
