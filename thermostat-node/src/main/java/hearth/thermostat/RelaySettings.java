package hearth.thermostat;

import hearth.common.settings.Setting;
import hearth.common.settings.Settings;
import java.time.Duration;
import java.util.Optional;

/** One relay of the airco. @param pin its BCM number */
record RelaySettings(int pin, boolean activeLow, Duration minOn, Duration minOff, Duration maxOn) {

    private static final int NONE = -1;
    private static final int ONE_WIRE_PIN = 4;

    static Setting<Integer> pinOf(Side side) {
        return Setting.whole(
                        key(side, "gpio"),
                        "none",
                        2,
                        27,
                        "the BCM number of the pin that switches the " + side.output()
                                + " relay; not 4, the 1-Wire bus")
                .or("none", NONE);
    }

    /** Nothing if this side has no relay. */
    static Optional<RelaySettings> read(Settings settings, Side side) {
        Setting<Integer> pin = pinOf(side);
        RelaySettings relay = new RelaySettings(
                settings.get(pin),
                settings.get(Setting.flag(key(side, "active-low"), "false", "whether 0 V switches the relay on")),
                settings.get(Setting.duration(key(side, "min-on"), "2m", "0s", "1h", "the shortest run")),
                settings.get(
                        Setting.duration(key(side, "min-off"), "5m", "0s", "1h", "the shortest rest between runs")),
                settings.get(Setting.duration(
                        key(side, "max-on"), "4h", "1m", "24h", "the longest run; then it rests 10 minutes at least")));
        if (relay.pin == ONE_WIRE_PIN) {
            settings.clash(pin, "is the pin of the 1-Wire sensor; take another");
        }
        if (relay.minOn.compareTo(relay.maxOn) > 0) {
            settings.clash(pin, key(side, "min-on") + " is longer than " + key(side, "max-on"));
        }
        return relay.pin == NONE ? Optional.empty() : Optional.of(relay);
    }

    private static String key(Side side, String name) {
        return "airco." + side.output() + "." + name;
    }
}
