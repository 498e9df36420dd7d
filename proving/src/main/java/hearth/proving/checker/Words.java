package hearth.proving.checker;

import java.util.HashMap;
import java.util.Map;

/** Reads payloads: plain numbers, ids, and flat JSON objects. */
final class Words {

    private static final int LONGEST_ID = 64;
    private static final int MOST_DIGITS = 6;

    private Words() {}

    /** A plain decimal such as {@code 19.44}, at most six digits a side; NaN for everything else. */
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
        return end > begin && end - begin <= MOST_DIGITS;
    }

    static boolean isId(String text) {
        return !text.isEmpty() && text.length() <= LONGEST_ID && text.chars().allMatch(Words::isIdLetter);
    }

    private static boolean isIdLetter(int c) {
        return isDigit((char) c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || "._:-".indexOf(c) >= 0;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** A value in a JSON object. @param quoted whether it is a string; a number or a literal otherwise */
    record Field(String text, boolean quoted) {

        static final Field ABSENT = new Field("", false);
    }

    /** The text of a string in a flat JSON object; empty if it is not there. */
    static String text(String json, String name) {
        Field field = fields(json).getOrDefault(name, Field.ABSENT);
        return field.quoted ? field.text : "";
    }

    /** The fields of a flat JSON object; none if it is not one. */
    static Map<String, Field> fields(String json) {
        Map<String, Field> fields = new HashMap<>();
        Cursor at = new Cursor(json);
        if (!at.skip('{')) {
            return Map.of();
        }
        do {
            Field name = at.value();
            Field value = at.skip(':') ? at.value() : Field.ABSENT;
            if (!name.quoted || value.equals(Field.ABSENT) || fields.put(name.text, value) != null) {
                return Map.of();
            }
        } while (at.skip(','));
        return at.skip('}') && at.isAtEnd() ? fields : Map.of();
    }

    /** A place in a text. */
    private static final class Cursor {
        private final String text;
        private int place;

        Cursor(String text) {
            this.text = text;
        }

        boolean isAtEnd() {
            skipBlanks();
            return place == text.length();
        }

        boolean skip(char expected) {
            boolean there = !isAtEnd() && text.charAt(place) == expected;
            place += there ? 1 : 0;
            return there;
        }

        /** The next value; absent if there is none that makes sense. */
        Field value() {
            return skip('"') ? string() : bare();
        }

        private Field bare() {
            int begin = place;
            while (place < text.length() && ",} \t\r\n".indexOf(text.charAt(place)) < 0) {
                place++;
            }
            String word = text.substring(begin, place);
            boolean literal = word.equals("true") || word.equals("false") || word.equals("null");
            return literal || !Double.isNaN(number(word)) ? new Field(word, false) : Field.ABSENT;
        }

        private Field string() {
            StringBuilder string = new StringBuilder();
            while (place < text.length()) {
                char c = text.charAt(place++);
                if (c == '"') {
                    return new Field(string.toString(), true);
                } else if (c < ' ') {
                    return Field.ABSENT;
                }
                string.append(c == '\\' ? escaped() : c);
            }
            return Field.ABSENT;
        }

        /** What matters here has no escapes; what does may only not end the string. */
        private char escaped() {
            return place < text.length() && text.charAt(place++) == '"' ? '"' : '\\';
        }

        private void skipBlanks() {
            while (place < text.length() && " \t\r\n".indexOf(text.charAt(place)) >= 0) {
                place++;
            }
        }
    }
}
