package hearth.common.message;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The content of a message between its Java type and its bytes: plain text for one value, named fields for a record.
 */
public sealed interface Payload {

    record Text(String text) implements Payload {}

    /** One value of a record: a {@code String}, {@code Long}, {@code Double} or {@code Boolean}. */
    record Value(Object value) implements Payload {}

    /**
     * A flat JSON object, in order.
     *
     * @param values each a {@code String}, {@code Long}, {@code Double} (finite), {@code Boolean} or {@link #JSON_NULL}
     */
    record Fields(Map<String, Object> values) implements Payload {

        public Fields {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }

        /** Names and values alternate: {@code Fields.of("trip", "a-1", "eta_s", 420L)}. */
        public static Fields of(Object... namesAndValues) {
            Map<String, Object> values = new LinkedHashMap<>();
            for (int i = 0; i < namesAndValues.length; i += 2) {
                values.put((String) namesAndValues[i], namesAndValues[i + 1]);
            }
            return new Fields(values);
        }

        public boolean has(String name) {
            return values.containsKey(name);
        }

        public String text(String name) throws Malformed {
            if (values.get(name) instanceof String text) {
                return text;
            }
            throw new Malformed(name + ": expected text");
        }

        /** Whole seconds from 0 to a day. */
        public long seconds(String name) throws Malformed {
            return seconds(name, 86_400);
        }

        public long seconds(String name, long max) throws Malformed {
            if (values.get(name) instanceof Long seconds && seconds >= 0 && seconds <= max) {
                return seconds;
            }
            throw new Malformed(name + ": expected whole seconds from 0 to " + max);
        }

        public double number(String name) throws Malformed {
            if (values.get(name) instanceof Number number) {
                return number.doubleValue();
            }
            throw new Malformed(name + ": expected a number");
        }

        public boolean flag(String name) throws Malformed {
            if (values.get(name) instanceof Boolean flag) {
                return flag;
            }
            throw new Malformed(name + ": expected true or false");
        }

        /** Rejects unknown fields: a misspelt name must not count as an absent field. */
        public void requireOnly(String... names) throws Malformed {
            Set<String> known = Set.of(names);
            for (String name : values.keySet()) {
                if (!known.contains(name)) {
                    throw new Malformed(
                            "unknown field " + Malformed.quoted(name) + ": expected only " + String.join(", ", names));
                }
            }
        }
    }

    /** JSON's null as a field's value. */
    Object JSON_NULL = new Object() {
        @Override
        public String toString() {
            return "null";
        }
    };
}
