package hearth.thermostat.history;

import hearth.common.settings.Setting;
import hearth.common.settings.Settings;
import java.time.Duration;

/**
 * The settings {@code history.*}: how many readings are stored while the broker is not reachable.
 *
 * @param every time between two stored readings
 * @param keep  how long a reading is stored; older readings are deleted
 */
public record HistorySettings(Duration every, Duration keep) {

    private static final long MAX_READINGS = 100_000;

    public static final Setting<Duration> EVERY = Setting.duration(
            "history.every",
            "1m",
            "10s",
            "1h",
            "time between two readings that are stored on disk while the broker is not reachable");

    public static final Setting<Duration> KEEP = Setting.duration(
            "history.keep",
            "7d",
            "1h",
            "31d",
            "how long stored readings are kept; older readings are deleted; at most 100000 times history.every");

    public static HistorySettings read(Settings settings) {
        HistorySettings history = new HistorySettings(settings.get(EVERY), settings.get(KEEP));
        if (history.maxReadings() > MAX_READINGS) {
            settings.reportConflict(KEEP, "must be at most " + MAX_READINGS + " times history.every");
        }
        return history;
    }

    /** The number of readings stored in that time. */
    public long maxReadings() {
        return keep.dividedBy(every);
    }
}
