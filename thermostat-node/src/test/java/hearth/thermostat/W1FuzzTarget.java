package hearth.thermostat;

import static hearth.testkit.fuzz.FuzzTarget.require;

import hearth.common.value.Reading;
import java.nio.charset.StandardCharsets;

/** Any content of a sensor's file gives a possible reading, or a failure with a cause to log. */
public final class W1FuzzTarget {

    private static final int LONGEST_REASON = 200;

    private W1FuzzTarget() {}

    public static void fuzzerTestOneInput(byte[] input) {
        scratchpad(input);
        millidegrees(input);
    }

    /** In {@code w1_slave}. */
    public static boolean scratchpad(byte[] input) {
        String text = text(input);
        boolean understood = isPlausible(W1Thermometer.scratchpad(text), text);
        require(!understood || text.contains("YES"), "the kernel vouches for it", text);
        return understood;
    }

    /** In {@code temperature}. */
    public static boolean millidegrees(byte[] input) {
        String text = text(input).strip();
        boolean understood = isPlausible(W1Thermometer.millidegrees(text), text);
        require(!understood || text.matches("-?[0-9]{1,6}"), "a number and nothing else", text);
        return understood;
    }

    private static boolean isPlausible(Reading reading, String text) {
        if (reading instanceof Reading.Measured measured) {
            double degrees = measured.temperature().degrees();
            require(degrees >= -55 && degrees <= 125, "a DS18B20 measures from -55 to 125 °C", text);
            return true;
        }
        String reason = ((Reading.Failed) reading).detail();
        require(reason.length() <= LONGEST_REASON, "a reason fits in a line of the log", reason);
        require(reason.chars().noneMatch(Character::isISOControl), "a reason is printable", reason);
        return false;
    }

    private static String text(byte[] input) {
        return new String(input, StandardCharsets.ISO_8859_1); // As W1Thermometer reads it.
    }
}
