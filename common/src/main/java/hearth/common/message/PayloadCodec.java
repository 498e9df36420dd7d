package hearth.common.message;

import hearth.common.value.Celsius;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Converts messages of one type to payloads and back. Reading is strict: a payload that is not exactly a {@code T} is
 * {@link Malformed}; values are not guessed, clamped or completed.
 */
public interface PayloadCodec<T> {

    Payload write(T message);

    T read(Payload payload) throws Malformed;

    /** Converts a value that was read; throws {@link Malformed} if the value is not allowed. */
    @FunctionalInterface
    interface CheckedReader<A, B> {
        B apply(A value) throws Malformed;
    }

    /** Plain text of 1 to 64 printable characters. */
    PayloadCodec<String> TEXT = text(64);

    /**
     * A plain decimal number such as {@code 21} or {@code 19.44}: no exponent, no NaN, at most six digits before and
     * six after the point.
     */
    PayloadCodec<Double> NUMBER = new PayloadCodec<>() {
        private static final Pattern PLAIN = Pattern.compile("-?(0|[1-9][0-9]{0,5})(\\.[0-9]{1,6})?");

        @Override
        public Payload write(Double message) {
            return new Payload.Text(message.toString());
        }

        @Override
        public Double read(Payload payload) throws Malformed {
            if (payload instanceof Payload.Text plain) {
                return parse(plain.text());
            }
            if (payload instanceof Payload.Value value && value.value() instanceof Number number) {
                return parse(number.toString());
            }
            throw new Malformed("expected a number such as 21.0");
        }

        private Double parse(String text) throws Malformed {
            if (!PLAIN.matcher(text).matches()) {
                throw new Malformed(Malformed.quoted(text) + " is not a plain number: expected a number such as 21.0");
            }
            return Double.valueOf(text);
        }
    };

    /** Plain text of printable characters, at least one. */
    static PayloadCodec<String> text(int maxLength) {
        return new PayloadCodec<>() {
            @Override
            public Payload write(String message) {
                return new Payload.Text(message);
            }

            @Override
            public String read(Payload payload) throws Malformed {
                String text = payload instanceof Payload.Text plain
                        ? plain.text()
                        : payload instanceof Payload.Value value && value.value() instanceof String string
                                ? string
                                : "";
                if (text.isEmpty() || text.length() > maxLength || text.chars().anyMatch(Character::isISOControl)) {
                    throw new Malformed("expected text of 1 to " + maxLength + " printable characters");
                }
                return text;
            }
        };
    }

    /** Degrees Celsius with up to the given number of decimals, at least one: {@code 19.44}, {@code 20.0}. */
    static PayloadCodec<Celsius> celsius(int decimals) {
        return NUMBER.map(
                degrees -> {
                    if (degrees < -273) {
                        throw new Malformed("not a temperature: " + degrees + " °C; expected at least -273 °C");
                    }
                    return Celsius.of(degrees);
                },
                celsius -> new Payload.Text(rounded(celsius.degrees(), decimals)));
    }

    /** One of an enum's constants, lower case as {@code heat_cool}, or with hyphens as {@code keeping-warm}. */
    static <E extends Enum<E>> PayloadCodec<E> oneOf(Class<E> type, char separator) {
        Function<E, String> name =
                constant -> constant.name().toLowerCase(Locale.ROOT).replace('_', separator);
        return TEXT.map(
                word -> {
                    for (E constant : type.getEnumConstants()) {
                        if (name.apply(constant).equals(word)) {
                            return constant;
                        }
                    }
                    throw new Malformed("unknown value " + Malformed.quoted(word) + ": expected one of "
                            + Arrays.stream(type.getEnumConstants()).map(name).collect(Collectors.joining(", ")));
                },
                constant -> new Payload.Text(name.apply(constant)));
    }

    /** A JSON object; the given functions convert it to the message and back. */
    static <T> PayloadCodec<T> fields(Function<T, Payload.Fields> writer, CheckedReader<Payload.Fields, T> reader) {
        return new PayloadCodec<>() {
            @Override
            public Payload write(T message) {
                return writer.apply(message);
            }

            @Override
            public T read(Payload payload) throws Malformed {
                if (payload instanceof Payload.Fields fields) {
                    return reader.apply(fields);
                }
                throw new Malformed("expected a JSON object");
            }
        };
    }

    /** This codec with one more conversion. */
    default <U> PayloadCodec<U> map(CheckedReader<T, U> reader, Function<U, Payload> writer) {
        PayloadCodec<T> plain = this;
        return new PayloadCodec<>() {
            @Override
            public Payload write(U message) {
                return writer.apply(message);
            }

            @Override
            public U read(Payload payload) throws Malformed {
                return reader.apply(plain.read(payload));
            }
        };
    }

    /** This codec with an additional check when reading. */
    default PayloadCodec<T> checked(CheckedReader<T, T> check) {
        return map(check, this::write);
    }

    /** Takes a twentieth of the time of {@code String.format}; temperatures are the most frequent messages. */
    private static String rounded(double number, int decimals) {
        return BigDecimal.valueOf(number)
                .setScale(decimals, RoundingMode.HALF_UP)
                .toPlainString();
    }
}
