package hearth.thermostat;

import hearth.common.settings.Pins;
import hearth.common.settings.Setting;
import hearth.common.settings.Settings;
import hearth.common.value.Pin;
import java.time.Duration;
import java.util.Optional;

/** One relay of the airco. */
record RelaySettings(Pin pin, Duration minOn, Duration minOff, Duration maxOn) {

    /** Nothing if this side has no relay. */
    static Optional<RelaySettings> read(Settings settings, HeatOrCool side) {
        Setting<Duration> longest = Setting.duration(
                key(side, "max-on"), "4h", "1m", "24h", "the longest run; then it rests 10 minutes at least");
        Optional<Pin> pin =
                Pins.read(settings, "airco." + side.output(), "the pin that switches the " + side.output() + " relay");
        Duration minOn = settings.get(Setting.duration(key(side, "min-on"), "2m", "0s", "1h", "the shortest run"));
        Duration minOff = settings.get(
                Setting.duration(key(side, "min-off"), "5m", "0s", "1h", "the shortest rest between runs"));
        Duration maxOn = settings.get(longest);
        if (minOn.compareTo(maxOn) > 0) {
            settings.reportConflict(longest, "is shorter than " + key(side, "min-on"));
        }
        return pin.map(there -> new RelaySettings(there, minOn, minOff, maxOn));
    }

    private static String key(HeatOrCool side, String name) {
        return "airco." + side.output() + "." + name;
    }
}
