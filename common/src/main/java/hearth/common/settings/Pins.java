package hearth.common.settings;

import hearth.common.value.Pin;
import java.util.Optional;

/**
 * The settings of a pin: its number, and the level that means on. Each pin can be used once; the pin of the 1-Wire bus
 * cannot be used.
 */
public final class Pins {

    private static final int NONE = -1;
    private static final int ONE_WIRE = 4;
    private static final int LOWEST = 2;
    private static final int HIGHEST = 27;

    private Pins() {}

    /**
     * Reads {@code KEY.gpio} and {@code KEY.active-low}.
     *
     * @param description the purpose, to follow "the BCM number of", such as "the pin that …"
     * @return empty if no pin is set
     */
    public static Optional<Pin> read(Settings settings, String key, String description) {
        Setting<Integer> setting = number(key, description);
        int number = settings.get(setting);
        boolean activeLow = settings.get(
                Setting.flag(key + ".active-low", "false", "the level that means on: true for 0 V, false for 3.3 V"));
        if (number == NONE) {
            return Optional.empty();
        }
        if (number == ONE_WIRE) {
            settings.reportConflict(setting, "is the pin of the 1-Wire bus: choose another pin");
        }
        settings.requireUnique(setting, "GPIO" + number);
        return Optional.of(new Pin(number, activeLow));
    }

    /** Reads a required pin. @param why the reason why it is required */
    public static Pin require(Settings settings, String key, String description, String why) {
        return read(settings, key, description).orElseGet(() -> {
            settings.reportConflict(
                    number(key, description), why + "; set it to a pin from " + LOWEST + " to " + HIGHEST);
            return new Pin(LOWEST, false);
        });
    }

    private static Setting<Integer> number(String key, String description) {
        String text = "the BCM number of " + description + "; not " + ONE_WIRE + ", the 1-Wire bus";
        return Setting.whole(key + ".gpio", "none", LOWEST, HIGHEST, text).or("none", NONE);
    }
}
