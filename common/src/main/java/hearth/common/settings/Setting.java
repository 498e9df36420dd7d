package hearth.common.settings;

import hearth.common.value.Celsius;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One setting: a key that a settings file may have.
 *
 * @param defaultText the default as it would be written; for a required key an example
 * @param required    whether the key must be there
 * @param bounds      for people: {@code from 5.0 °C to 30.0 °C}
 * @param description one sentence
 * @param parser      throws {@link IllegalArgumentException} with the expectation as its message
 */
public record Setting<T>(
        String key, String defaultText, boolean required, String bounds, String description, Parser<T> parser) {

    /** Converts the text after the equals sign to a value. */
    @FunctionalInterface
    public interface Parser<T> {
        T parse(String text);
    }

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,9}(\\.[0-9]{1,9})?");
    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,9}");
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");

    public static Setting<Celsius> celsius(
            String key, String defaultText, double min, double max, double step, String description) {
        Parser<Celsius> parser = text -> {
            double degrees = number(text, "a temperature in °C such as 20.0", min, max, " °C");
            if (step > 0 && Math.abs(degrees / step - Math.rint(degrees / step)) > 1e-9) {
                throw new IllegalArgumentException("must be in steps of " + step + " °C");
            }
            return Celsius.of(degrees);
        };
        String bounds = range(min, max, " °C") + (step > 0 ? " in steps of " + step : "");
        return new Setting<>(key, defaultText, false, bounds, description, parser);
    }

    /** @param unit with a leading space, such as {@code " K"} */
    public static Setting<Double> number(
            String key, String defaultText, double min, double max, String unit, String description) {
        return new Setting<>(
                key,
                defaultText,
                false,
                range(min, max, unit),
                description,
                text -> number(
                        text.endsWith(unit.strip())
                                ? text.substring(0, text.length() - unit.strip().length())
                                        .strip()
                                : text,
                        "a number such as " + defaultText,
                        min,
                        max,
                        unit));
    }

    public static Setting<Integer> whole(String key, String defaultText, int min, int max, String description) {
        String bounds = "from " + min + " to " + max;
        return new Setting<>(key, defaultText, false, bounds, description, text -> {
            if (!WHOLE.matcher(text).matches()) {
                throw new IllegalArgumentException("expected a whole number " + bounds);
            }
            int number = Integer.parseInt(text);
            if (number < min || number > max) {
                throw new IllegalArgumentException("must be " + bounds);
            }
            return number;
        });
    }

    /** Durations have units: {@code 500ms}, {@code 30s}, {@code 5m}, {@code 4h}, {@code 7d}. */
    public static Setting<Duration> duration(
            String key, String defaultText, String min, String max, String description) {
        Duration shortest = duration(min);
        Duration longest = duration(max);
        String bounds = "from " + min + " to " + max;
        return new Setting<>(key, defaultText, false, bounds, description, text -> {
            Duration duration = duration(text);
            if (duration.compareTo(shortest) < 0 || duration.compareTo(longest) > 0) {
                throw new IllegalArgumentException("must be " + bounds);
            }
            return duration;
        });
    }

    public static Setting<Boolean> flag(String key, String defaultText, String description) {
        return new Setting<>(key, defaultText, false, "true or false", description, text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("expected true or false");
        });
    }

    public static <E extends Enum<E>> Setting<E> oneOf(
            String key, String defaultText, Class<E> type, String description) {
        String names = Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        return new Setting<>(key, defaultText, false, "one of " + names, description, text -> Arrays.stream(
                        type.getEnumConstants())
                .filter(constant -> constant.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("expected one of " + names)));
    }

    public static Setting<String> text(
            String key, String defaultText, Pattern allowed, String bounds, String description) {
        return new Setting<>(key, defaultText, false, bounds, description, text -> {
            if (!allowed.matcher(text).matches()) {
                throw new IllegalArgumentException("expected " + bounds);
            }
            return text;
        });
    }

    /** A comma-separated list of one to {@code max} values. */
    public Setting<List<T>> listOfUpTo(int max) {
        return new Setting<>(
                key,
                defaultText,
                required,
                "1 to " + max + " values, separated by commas, each: " + bounds,
                description,
                text -> {
                    List<T> values = Arrays.stream(text.split(",", -1))
                            .map(String::strip)
                            .map(parser::parse)
                            .toList();
                    if (values.size() > max) {
                        throw new IllegalArgumentException("expected at most " + max + " values");
                    }
                    return values;
                });
    }

    /** This setting, which also accepts a word such as {@code none} for the given value. */
    public Setting<T> or(String word, T meaning) {
        return new Setting<>(
                key,
                defaultText,
                required,
                word + ", or " + bounds,
                description,
                text -> text.equals(word) ? meaning : parser.parse(text));
    }

    /** This setting without a default: the default becomes an example. */
    public Setting<T> asRequired() {
        return new Setting<>(key, defaultText, true, bounds, description, parser);
    }

    /** The value of the default. */
    T defaultValue() {
        return parser.parse(defaultText);
    }

    private static Duration duration(String text) {
        var matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("expected a duration such as 30s, 5m or 4h");
        }
        long count = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }

    private static double number(String text, String expected, double min, double max, String unit) {
        if (!NUMBER.matcher(text).matches()) {
            throw new IllegalArgumentException("expected " + expected);
        }
        double number = Double.parseDouble(text);
        if (number < min || number > max) {
            throw new IllegalArgumentException("must be " + range(min, max, unit));
        }
        return number;
    }

    private static String range(double min, double max, String unit) {
        return "from " + min + unit + " to " + max + unit;
    }
}
