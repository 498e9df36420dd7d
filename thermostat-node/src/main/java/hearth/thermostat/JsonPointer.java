package hearth.thermostat;

import hearth.common.json.Json;
import hearth.common.message.Malformed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The place of a value in a JSON text (RFC 6901): {@code /DS18B20/Temperature}.
 *
 * @param path names of fields, and indexes in arrays; empty for the whole text
 */
record JsonPointer(List<String> path) {

    private static final Pattern ESCAPED = Pattern.compile("([^~]|~0|~1)*");

    public JsonPointer {
        path = List.copyOf(path);
    }

    /** @throws IllegalArgumentException if this is no JSON pointer */
    public static JsonPointer of(String text) {
        if (text.isEmpty()) {
            return new JsonPointer(List.of());
        }
        if (!text.startsWith("/") || !ESCAPED.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "expected a JSON pointer such as /temperature, with ~1 for / and ~0 for ~");
        }
        List<String> path = new ArrayList<>();
        for (String name : text.substring(1).split("/", -1)) {
            path.add(name.replace("~1", "/").replace("~0", "~"));
        }
        return new JsonPointer(path);
    }

    /** The value at this place, if it is a single value. Throws if the text is not valid JSON. */
    public Optional<Object> find(String text) throws Malformed {
        return Json.valueAt(path, text);
    }

    /** @return a {@code String}, {@code Long}, {@code Double}, {@code Boolean} or the {@code null} of JSON */
    public Object valueIn(String text) throws Malformed {
        Optional<Object> found = find(text);
        if (found.isEmpty()) {
            throw new Malformed("there is no value at " + Malformed.quoted(this.toString()));
        }
        return found.get();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        path.forEach(name -> text.append('/').append(name.replace("~", "~0").replace("/", "~1")));
        return text.toString();
    }
}
