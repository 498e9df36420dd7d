package hearth.proving.checker;

import java.util.HashMap;
import java.util.Map;

/** Parses payloads: plain numbers, ids, and flat JSON objects. Shares no code with the devices. */
final class PayloadParser {

    private static final int MAX_ID_LENGTH = 64;
    private static final int MAX_DIGITS = 6;

    private PayloadParser() {}

    /** A plain decimal such as {@code 19.44}, with at most six digits on each side; NaN for everything else. */
    static double number(String text) {
        int begin = text.startsWith("-") ? 1 : 0;
        int point = text.indexOf('.');
        int whole = point < 0 ? text.length() : point;
        boolean leadingZero = whole - begin > 1 && text.charAt(begin) == '0';
        boolean plain = !leadingZero
                && areDigits(text, begin, whole)
                && (point < 0 || areDigits(text, point + 1, text.length()));
        return plain ? Double.parseDouble(text) : Double.NaN;
    }

    private static boolean areDigits(String text, int begin, int end) {
        for (int i = begin; i < end; i++) {
            if (!isDigit(text.charAt(i))) {
                return false;
            }
        }
        return end > begin && end - begin <= MAX_DIGITS;
    }

    static boolean isId(String text) {
        return !text.isEmpty() && text.length() <= MAX_ID_LENGTH && text.chars().allMatch(PayloadParser::isIdCharacter);
    }

    private static boolean isIdCharacter(int c) {
        return isDigit((char) c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || "._:-".indexOf(c) >= 0;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** A value in a JSON object. @param quoted whether it is a string; a number or a literal otherwise */
    record JsonField(String text, boolean quoted) {

        static final JsonField ABSENT = new JsonField("", false);
    }

    /** The value of a string in a flat JSON object; empty if it is absent. */
    static String text(String json, String name) {
        JsonField field = fields(json).getOrDefault(name, JsonField.ABSENT);
        return field.quoted ? field.text : "";
    }

    /** The fields of a flat JSON object; none for any other text. */
    static Map<String, JsonField> fields(String json) {
        Map<String, JsonField> fields = new HashMap<>();
        JsonCursor at = new JsonCursor(json);
        if (!at.skip('{')) {
            return Map.of();
        }
        do {
            JsonField name = at.value();
            JsonField value = at.skip(':') ? at.value() : JsonField.ABSENT;
            if (!name.quoted || value.equals(JsonField.ABSENT) || fields.put(name.text, value) != null) {
                return Map.of();
            }
        } while (at.skip(','));
        return at.skip('}') && at.isAtEnd() ? fields : Map.of();
    }

    /** A place in a text. */
    private static final class JsonCursor {
        private final String text;
        private int position;

        JsonCursor(String text) {
            this.text = text;
        }

        boolean isAtEnd() {
            skipBlanks();
            return position == text.length();
        }

        boolean skip(char expected) {
            boolean there = !isAtEnd() && text.charAt(position) == expected;
            position += there ? 1 : 0;
            return there;
        }

        /** The next value; absent if it is malformed. */
        JsonField value() {
            return skip('"') ? string() : unquoted();
        }

        private JsonField unquoted() {
            int begin = position;
            while (position < text.length() && ",} \t\r\n".indexOf(text.charAt(position)) < 0) {
                position++;
            }
            String word = text.substring(begin, position);
            boolean literal = word.equals("true") || word.equals("false") || word.equals("null");
            return literal || !Double.isNaN(number(word)) ? new JsonField(word, false) : JsonField.ABSENT;
        }

        private JsonField string() {
            StringBuilder string = new StringBuilder();
            while (position < text.length()) {
                char c = text.charAt(position++);
                if (c == '"') {
                    return new JsonField(string.toString(), true);
                } else if (c < ' ') {
                    return JsonField.ABSENT;
                }
                string.append(c == '\\' ? escaped() : c);
            }
            return JsonField.ABSENT;
        }

        /** The values that matter here have no escapes; an escaped quote only must not end the string. */
        private char escaped() {
            return position < text.length() && text.charAt(position++) == '"' ? '"' : '\\';
        }

        private void skipBlanks() {
            while (position < text.length() && " \t\r\n".indexOf(text.charAt(position)) >= 0) {
                position++;
            }
        }
    }
}
