package hearth.thermostat;

import hearth.common.settings.Pins;
import hearth.common.settings.Setting;
import hearth.common.settings.Settings;
import hearth.common.value.Pin;
import java.time.Duration;
import java.util.Optional;

/** The settings of one output of the airco. */
record RelaySettings(Pin pin, Duration minOn, Duration minOff, Duration maxOn) {

    /** Empty if the settings give it no relay. */
    static Optional<RelaySettings> read(Settings settings, HeatOrCool kind) {
        String period = (kind == HeatOrCool.HEAT ? "heating" : "cooling") + " period";
        Setting<Duration> longest = Setting.duration(
                key(kind, "max-on"),
                "4h",
                "1m",
                "24h",
                "maximum " + period + "; a pause of at least 10 minutes follows");
        Optional<Pin> pin =
                Pins.read(settings, "airco." + kind.output(), "the pin that switches the " + kind.output() + " relay");
        Duration minOn = settings.get(Setting.duration(key(kind, "min-on"), "2m", "0s", "1h", "minimum " + period));
        Duration minOff = settings.get(Setting.duration(
                key(kind, "min-off"),
                "5m",
                "0s",
                "1h",
                "minimum pause between two periods, and after each start of the node"));
        Duration maxOn = settings.get(longest);
        if (minOn.compareTo(maxOn) > 0) {
            settings.reportConflict(longest, "is shorter than " + key(kind, "min-on"));
        }
        return pin.map(number -> new RelaySettings(number, minOn, minOff, maxOn));
    }

    private static String key(HeatOrCool kind, String name) {
        return "airco." + kind.output() + "." + name;
    }
}
