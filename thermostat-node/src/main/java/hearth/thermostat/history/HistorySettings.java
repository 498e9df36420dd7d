package hearth.thermostat.history;

import hearth.common.settings.Setting;
import hearth.common.settings.Settings;
import java.time.Duration;

/**
 * How many readings are stored while the broker is away.
 *
 * @param every interval at which a reading is stored
 * @param keep  length of an outage for which all readings are stored; then each new reading replaces the oldest
 */
public record HistorySettings(Duration every, Duration keep) {

    private static final long MAX_READINGS = 100_000;

    public static final Setting<Duration> EVERY = Setting.duration(
            "history.every",
            "1m",
            "10s",
            "1h",
            "time between two readings that are stored on disk while the broker is unreachable");

    public static final Setting<Duration> KEEP = Setting.duration(
            "history.keep",
            "7d",
            "1h",
            "31d",
            "length of an outage for which all readings are stored; after that, each new reading replaces the oldest;"
                    + " at most 100000 times history.every");

    public static HistorySettings read(Settings settings) {
        HistorySettings history = new HistorySettings(settings.get(EVERY), settings.get(KEEP));
        if (history.maxReadings() > MAX_READINGS) {
            settings.reportConflict(KEEP, "must be at most " + MAX_READINGS + " times history.every");
        }
        return history;
    }

    /** The largest number of stored readings. */
    public long maxReadings() {
        return keep.dividedBy(every);
    }
}
