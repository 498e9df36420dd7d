package hearth.coffee;

import hearth.common.settings.Setting;
import hearth.common.settings.Settings;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the coffee machine is told.
 *
 * @param car the car node whose approach it follows; empty for none
 */
record CoffeeSettings(
        Pin machine,
        Kind kind,
        Duration brewTime,
        Duration keepWarm,
        Duration pulse,
        Duration maxOn,
        Duration lockOut,
        int perDay,
        QuietHours quietHours,
        String car,
        Pin cup,
        Pin water) {

    static final Setting<Kind> KIND = Setting.oneOf(
            "coffee.kind", "switched", Kind.class, "switched: the relay is the mains; button: it presses the button");
    static final Setting<Duration> BREW_TIME =
            Setting.duration("coffee.brew-time", "6m", "30s", "20m", "how long a brew takes");
    static final Setting<Duration> KEEP_WARM = Setting.duration(
            "coffee.keep-warm", "5m", "0s", "30m", "how long the relay of a switched machine stays on after the brew");
    static final Setting<Duration> PULSE = Setting.duration(
            "coffee.pulse", "1s", "100ms", "10s", "how long the button of a button machine is pressed");
    static final Setting<Duration> MAX_ON =
            Setting.duration("coffee.max-on", "15m", "1m", "1h", "the relay is never on longer, whatever happens");
    static final Setting<Duration> LOCK_OUT =
            Setting.duration("coffee.lock-out", "10m", "2m", "12h", "the least rest between two brews");
    static final Setting<Integer> PER_DAY =
            Setting.whole("coffee.per-day", "6", 1, 36, "how many brews in any 24 hours");
    static final Setting<QuietHours> QUIET_HOURS = new Setting<>(
            "coffee.quiet-hours",
            "none",
            false,
            "none, or two times of day such as 22:00-06:30",
            "when it does not brew, whoever asks; waits for a machine that knows the time",
            text -> text.equals("none") ? QuietHours.NONE : QuietHours.parse(text));
    static final Setting<String> CAR = Setting.text(
                    "coffee.car",
                    "car",
                    Pattern.compile("[a-z0-9-]{1,32}"),
                    "a node's name",
                    "the car whose coming home it brews for")
            .or("none", "");

    /** One pin. @param number its BCM number, {@link #NONE} if there is none */
    record Pin(int number, boolean activeLow) {

        static final int NONE = -1;
        private static final int ONE_WIRE_PIN = 4;

        static Setting<Integer> number(String key, String about) {
            return Setting.whole(key + "gpio", "none", 2, 27, "the BCM number of " + about + "; not 4, the 1-Wire bus")
                    .or("none", NONE);
        }

        static Pin read(Settings settings, String key, String about) {
            Setting<Integer> number = number(key, about);
            Pin pin = new Pin(
                    settings.get(number),
                    settings.get(Setting.flag(key + "active-low", "false", "whether 0 V means on")));
            if (pin.number == ONE_WIRE_PIN) {
                settings.clash(number, "is the pin of the 1-Wire bus; take another");
            }
            return pin;
        }

        boolean isWired() {
            return number != NONE;
        }
    }

    static CoffeeSettings read(Settings settings) {
        CoffeeSettings coffee = new CoffeeSettings(
                Pin.read(settings, "coffee.", "the pin that switches the machine's relay, which it needs"),
                settings.get(KIND),
                settings.get(BREW_TIME),
                settings.get(KEEP_WARM),
                settings.get(PULSE),
                settings.get(MAX_ON),
                settings.get(LOCK_OUT),
                settings.get(PER_DAY),
                settings.get(QUIET_HOURS),
                settings.get(CAR),
                Pin.read(settings, "coffee.cup.", "the pin that is on while a cup is in its place"),
                Pin.read(settings, "coffee.water.", "the pin that is on while there is water"));
        if (!coffee.machine.isWired()) {
            settings.clash(
                    Pin.number("coffee.", ""), "without a relay there is no coffee; set it to a pin from 2 to 27");
        }
        Set<Integer> taken = new HashSet<>();
        for (Pin pin : List.of(coffee.machine, coffee.cup, coffee.water)) {
            if (pin.isWired() && !taken.add(pin.number)) {
                settings.clash(Pin.number("coffee.", ""), "pin " + pin.number + " is given twice");
            }
        }
        if (coffee.kind == Kind.SWITCHED
                && coffee.brewTime.plus(coffee.keepWarm).compareTo(coffee.maxOn) > 0) {
            settings.clash(MAX_ON, "must be at least coffee.brew-time and coffee.keep-warm together");
        }
        return coffee;
    }

    /** How long the relay is on for one brew. */
    Duration relayOn() {
        Duration needed = kind == Kind.BUTTON ? pulse : brewTime.plus(keepWarm);
        return needed.compareTo(maxOn) < 0 ? needed : maxOn;
    }
}
