package hearth.coffee;

import hearth.common.settings.Pins;
import hearth.common.settings.Setting;
import hearth.common.settings.Settings;
import hearth.common.value.Pin;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The settings {@code coffee.*}.
 *
 * @param car node.name of the car for whose arrival the node brews; empty for none
 */
record CoffeeSettings(
        Pin machine,
        BrewControl kind,
        Duration brewTime,
        Duration keepWarm,
        Duration pulse,
        Duration maxOn,
        Duration lockOut,
        int perDay,
        QuietHours quietHours,
        String car,
        Optional<Pin> cup,
        Optional<Pin> water) {

    static final Setting<BrewControl> KIND = Setting.oneOf(
            "coffee.kind",
            "switched",
            BrewControl.class,
            "switched: the relay switches the mains of the machine; button: the relay presses the machine's button");
    static final Setting<Duration> BREW_TIME =
            Setting.duration("coffee.brew-time", "6m", "30s", "20m", "duration of a brew");
    static final Setting<Duration> KEEP_WARM = Setting.duration(
            "coffee.keep-warm",
            "5m",
            "0s",
            "30m",
            "with coffee.kind = switched: time that the relay stays on after the brew");
    static final Setting<Duration> PULSE = Setting.duration(
            "coffee.pulse", "1s", "100ms", "10s", "with coffee.kind = button: time that the button is pressed");
    static final Setting<Duration> MAX_ON = Setting.duration(
            "coffee.max-on",
            "15m",
            "1m",
            "1h",
            "maximum time that the relay is on; with coffee.kind = switched at least coffee.brew-time plus"
                    + " coffee.keep-warm");
    static final Setting<Duration> LOCK_OUT =
            Setting.duration("coffee.lock-out", "10m", "2m", "12h", "minimum pause between two brews");
    static final Setting<Integer> PER_DAY =
            Setting.whole("coffee.per-day", "6", 1, 36, "maximum number of brews in any 24 hours");
    static final Setting<QuietHours> QUIET_HOURS = new Setting<>(
            "coffee.quiet-hours",
            "none",
            false,
            "none, or two times of day such as 22:00-06:30",
            "local time in which the node does not brew, neither on command nor for a car; none: brews at any time;"
                    + " applies once the clock is synchronised",
            text -> text.equals("none") ? QuietHours.NONE : QuietHours.parse(text));
    static final Setting<String> CAR = Setting.text(
                    "coffee.car",
                    "car",
                    Pattern.compile("[a-z0-9-]{1,32}"),
                    "a node's name",
                    "node.name of the car for whose arrival the node brews; none: brews on command only")
            .or("none", "");

    static CoffeeSettings read(Settings settings) {
        CoffeeSettings coffee = new CoffeeSettings(
                Pins.require(
                        settings,
                        "coffee",
                        "the pin that switches the machine's relay; required: with none, the node ends with status"
                                + " 78",
                        "the machine's relay requires a pin"),
                settings.get(KIND),
                settings.get(BREW_TIME),
                settings.get(KEEP_WARM),
                settings.get(PULSE),
                settings.get(MAX_ON),
                settings.get(LOCK_OUT),
                settings.get(PER_DAY),
                settings.get(QUIET_HOURS),
                settings.get(CAR),
                Pins.read(
                        settings,
                        "coffee.cup",
                        "the pin that is on while a cup is in its place; none: brews without this check"),
                Pins.read(
                        settings,
                        "coffee.water",
                        "the pin that is on while there is water; none: brews without this check"));
        if (coffee.kind == BrewControl.SWITCHED
                && coffee.brewTime.plus(coffee.keepWarm).compareTo(coffee.maxOn) > 0) {
            settings.reportConflict(MAX_ON, "must be at least coffee.brew-time plus coffee.keep-warm");
        }
        return coffee;
    }

    /** Whether there is a contact for a cup or for water. */
    boolean hasInputs() {
        return cup.isPresent() || water.isPresent();
    }

    /** How long the relay is on for one brew; never longer than {@code coffee.max-on}. */
    Duration relayOnTime() {
        Duration needed = kind == BrewControl.BUTTON ? pulse : brewTime.plus(keepWarm);
        return needed.compareTo(maxOn) < 0 ? needed : maxOn;
    }
}
