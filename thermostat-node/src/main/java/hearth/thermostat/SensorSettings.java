package hearth.thermostat;

import hearth.common.settings.Setting;
import hearth.common.settings.Settings;
import hearth.common.value.Celsius;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * The settings {@code sensor.*}.
 *
 * @param address empty if there is only one sensor
 */
record SensorSettings(String address, Duration every, Duration staleAfter, Celsius plausibleMin, Celsius plausibleMax) {

    static final Setting<String> ADDRESS = Setting.text(
                    "sensor.address",
                    "auto",
                    Pattern.compile("28-[0-9a-f]{12}"),
                    "28- and 12 hex digits",
                    "address of the DS18B20; auto uses the only sensor on the bus; with several sensors, the"
                            + " node publishes the fault sensor-ambiguous")
            .or("auto", "");

    static final Setting<Duration> EVERY = Setting.duration(
            "sensor.every",
            "2s",
            "1s",
            "5m",
            "time between two readings of the sensor; at most half of sensor.stale-after");

    static final Setting<Duration> STALE_AFTER = Setting.duration(
            "sensor.stale-after",
            "30s",
            "5s",
            "30m",
            "maximum age of a reading; without a newer reading all outputs are off");

    static final Setting<Celsius> PLAUSIBLE_MIN = Setting.celsius(
            "sensor.plausible-min",
            "-30",
            -55,
            125,
            0,
            "a lower reading is a fault of the sensor: all outputs are off");

    static final Setting<Celsius> PLAUSIBLE_MAX = Setting.celsius(
            "sensor.plausible-max",
            "60",
            -55,
            125,
            0,
            "a higher reading is a fault of the sensor: all outputs are off");

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
                    EVERY, "must be at most half of sensor.stale-after: else a single failed reading stops the airco");
        }
        return sensor;
    }

    boolean isPlausible(Celsius temperature) {
        return temperature.isAtLeast(plausibleMin) && temperature.isAtMost(plausibleMax);
    }
}
