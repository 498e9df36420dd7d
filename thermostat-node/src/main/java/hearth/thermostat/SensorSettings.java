package hearth.thermostat;

import hearth.common.settings.Setting;
import hearth.common.settings.Settings;
import hearth.common.value.Celsius;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * What the sensor is told.
 *
 * @param address empty for the only sensor there is
 */
record SensorSettings(String address, Duration every, Duration staleAfter, Celsius plausibleMin, Celsius plausibleMax) {

    static final Setting<String> ADDRESS = Setting.text(
                    "sensor.address",
                    "auto",
                    Pattern.compile("28-[0-9a-f]{12}"),
                    "28- and 12 hex digits",
                    "which DS18B20; auto takes the only one there is and refuses to guess among several")
            .or("auto", "");

    static final Setting<Duration> EVERY = Setting.duration(
            "sensor.every", "2s", "1s", "5m", "how often the sensor is read; at most half of sensor.stale-after");

    static final Setting<Duration> STALE_AFTER = Setting.duration(
            "sensor.stale-after", "30s", "5s", "30m", "how old the last good reading may be; then everything is off");

    static final Setting<Celsius> PLAUSIBLE_MIN = Setting.celsius(
            "sensor.plausible-min", "-30", -55, 125, 0, "colder than this no room is: the sensor is wrong");

    static final Setting<Celsius> PLAUSIBLE_MAX = Setting.celsius(
            "sensor.plausible-max", "60", -55, 125, 0, "warmer than this no room is: the sensor is wrong");

    static SensorSettings read(Settings settings) {
        SensorSettings sensor = new SensorSettings(
                settings.get(ADDRESS),
                settings.get(EVERY),
                settings.get(STALE_AFTER),
                settings.get(PLAUSIBLE_MIN),
                settings.get(PLAUSIBLE_MAX));
        if (sensor.plausibleMin.isAtLeast(sensor.plausibleMax)) {
            settings.reportConflict(PLAUSIBLE_MIN, "must be below sensor.plausible-max");
        }
        if (sensor.every.multipliedBy(2).compareTo(sensor.staleAfter) > 0) {
            settings.reportConflict(
                    EVERY, "must be at most half of sensor.stale-after, or a single failed reading stops the airco");
        }
        return sensor;
    }

    boolean isPlausible(Celsius temperature) {
        return temperature.isAtLeast(plausibleMin) && temperature.isAtMost(plausibleMax);
    }
}
