package hearth.valve;

import hearth.common.settings.Pins;
import hearth.common.settings.Setting;
import hearth.common.settings.Settings;
import hearth.common.value.Pin;
import java.time.Duration;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * The settings of a valve.
 *
 * @param moisture the contact that is closed while the soil is wet; empty if there is none
 * @param opensAt  the local time of day at which the valve opens; empty for never
 */
record ValveSettings(Pin valve, Optional<Pin> moisture, Duration openFor, Optional<LocalTime> opensAt) {

    static final Setting<Duration> OPEN_FOR =
            Setting.duration("valve.open-for", "20m", "1m", "2h", "time after which the valve closes");
    static final Setting<Optional<LocalTime>> OPENS_AT = new Setting<>(
            "valve.opens-at",
            "none",
            false,
            "none, or a time of day such as 06:30",
            "local time at which the valve opens each day, unless the soil is wet; none: on command only;"
                    + " applies once the clock is synchronised",
            ValveSettings::time);

    static ValveSettings read(Settings settings) {
        return new ValveSettings(
                Pins.require(
                        settings,
                        "valve",
                        "the pin that switches the valve's relay (required)",
                        "the node has no other output"),
                Pins.read(
                        settings, "valve.moisture", "the pin that is on while the soil is wet; none: no such contact"),
                settings.get(OPEN_FOR),
                settings.get(OPENS_AT));
    }

    private static Optional<LocalTime> time(String text) {
        try {
            return text.equals("none") ? Optional.empty() : Optional.of(LocalTime.parse(text));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("expected none, or a time of day such as 06:30", e);
        }
    }
}
