package hearth.common.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import hearth.common.message.Malformed;
import hearth.common.message.Payload;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Strict JSON (RFC 8259): one object, each name once, finite numbers, no text after it. It is read token by token,
 * because data binding would turn {@code "NaN"}, {@code 1e999} and {@code null} into numbers.
 */
public final class Json {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES) // Otherwise invented names fill the memory.
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(8)
                    .maxNumberLength(32)
                    .maxStringLength(4096)
                    .maxNameLength(256)
                    .build())
            .build();

    private Json() {}

    /** A flat object of at most the values that {@link Payload.Fields} knows; nested values are rejected. */
    public static Payload.Fields fields(String text) throws Malformed {
        return read(text, false);
    }

    /** The flat part of an object from another program; nested values are skipped. */
    public static Payload.Fields flatFields(String text) throws Malformed {
        return read(text, true);
    }

    /**
     * The value at a path. The text may contain other values, but all of it must be valid JSON.
     *
     * @return a {@code String}, {@code Long}, {@code Double}, {@code Boolean} or {@link Payload#JSON_NULL}; empty if
     *     there is none
     */
    public static Optional<Object> valueAt(List<String> path, String text) throws Malformed {
        try (JsonParser json = FACTORY.createParser(text)) {
            if (json.nextToken() == null) {
                throw new Malformed("expected JSON");
            }
            Object found = find(json, path);
            if (json.nextToken() != null) {
                throw new Malformed("unexpected text after the JSON");
            }
            return Optional.ofNullable(found);
        } catch (IOException e) {
            throw new Malformed("not valid JSON");
        }
    }

    public static String write(Payload.Fields fields) {
        return write(fields.values());
    }

    /** @param object values as in {@link Payload.Fields}, also maps and lists of them */
    public static String write(Map<String, ?> object) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            write(json, object);
        } catch (IOException e) {
            throw new UncheckedIOException("a StringWriter does not fail", e);
        }
        return text.toString();
    }

    private static Payload.Fields read(String text, boolean skipNested) throws Malformed {
        try (JsonParser json = FACTORY.createParser(text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new Malformed("expected a JSON object");
            }
            Map<String, Object> values = new LinkedHashMap<>();
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String name = json.currentName();
                JsonToken token = json.nextToken();
                if (skipNested && (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY)) {
                    json.skipChildren();
                } else {
                    values.put(name, value(json, name, token));
                }
            }
            if (json.nextToken() != null) {
                throw new Malformed("unexpected text after the JSON object");
            }
            return new Payload.Fields(values);
        } catch (IOException e) {
            throw new Malformed("not valid JSON");
        }
    }

    /** Reads one value to its end, also if the path is found before. */
    private static @Nullable Object find(JsonParser json, List<String> path) throws IOException, Malformed {
        JsonToken token = json.currentToken();
        if (path.isEmpty()) {
            return value(json, "the value at this path", token);
        }
        Object found = null;
        if (token == JsonToken.START_OBJECT) {
            while (json.nextToken() != JsonToken.END_OBJECT) {
                boolean matches = json.currentName().equals(path.get(0));
                json.nextToken();
                found = firstFound(found, json, matches, path);
            }
        } else if (token == JsonToken.START_ARRAY) {
            for (int i = 0; json.nextToken() != JsonToken.END_ARRAY; i++) {
                found = firstFound(found, json, path.get(0).equals(Integer.toString(i)), path);
            }
        }
        return found;
    }

    private static @Nullable Object firstFound(
            @Nullable Object found, JsonParser json, boolean matches, List<String> path) throws IOException, Malformed {
        if (matches) {
            return find(json, path.subList(1, path.size()));
        }
        json.skipChildren();
        return found;
    }

    private static Object value(JsonParser json, String name, JsonToken token) throws IOException, Malformed {
        return switch (token) {
            case VALUE_STRING -> json.getText();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> Payload.JSON_NULL;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(json.getText(), name);
            default -> throw new Malformed(Malformed.quoted(name) + ": expected a single value");
        };
    }

    /** Integers must fit a long; other numbers must be finite doubles. */
    private static Object number(String text, String name) throws Malformed {
        try {
            if (text.chars().allMatch(c -> c == '-' || Character.isDigit(c))) {
                return Long.parseLong(text);
            }
            double number = Double.parseDouble(text);
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Too large for a long: reported below.
        }
        throw new Malformed(Malformed.quoted(name) + ": the number is too large");
    }

    private static void write(JsonGenerator json, Object value) throws IOException {
        if (value instanceof String text) {
            json.writeString(text);
        } else if (value instanceof Long number) {
            json.writeNumber(number);
        } else if (value instanceof Double number) {
            json.writeNumber(number);
        } else if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else if (value == Payload.JSON_NULL) {
            json.writeNull();
        } else if (value instanceof Map<?, ?> object) {
            json.writeStartObject();
            for (Map.Entry<?, ?> field : object.entrySet()) {
                json.writeFieldName((String) field.getKey());
                write(json, field.getValue());
            }
            json.writeEndObject();
        } else if (value instanceof List<?> list) {
            json.writeStartArray();
            for (Object item : list) {
                write(json, item);
            }
            json.writeEndArray();
        } else {
            throw new IllegalArgumentException("no JSON for " + value.getClass());
        }
    }
}
