package hearth.common.message;

import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * A command to a node.
 *
 * <p>The MQTT payload is the value alone as plain text, or {@code {"id":"…","value":…}}. Repeats are recognised by the
 * id, so three plain commands are executed three times.
 *
 * @param name      its topic below the node, such as {@code target/set}
 * @param id        1 to 64 letters, digits and {@code ._:-}; empty if the sender gave none
 * @param expiresAt when the command expires, by the receiver's clock
 */
public record Command<T>(String name, String id, T value, Instant expiresAt) {

    /** How long a command, and its result, is valid. */
    public static final Duration LIFETIME = Duration.ofSeconds(60);

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

    /** The id and value of a command's payload. A command without arguments has the value {@link Press}. */
    public static <T> Command<T> read(String name, PayloadCodec<T> codec, Payload payload, Instant expiresAt)
            throws Malformed {
        if (payload instanceof Payload.Fields fields) {
            fields.requireOnly("id", "value");
            Object value = fields.values().get("value");
            if (value == null || value == Payload.JSON_NULL) {
                throw new Malformed("value is missing: expected a command such as {\"id\":\"a1\",\"value\":21.0}");
            }
            String id = fields.has("id") ? checkedId(fields.text("id")) : "";
            return new Command<>(name, id, codec.read(new Payload.Value(value)), expiresAt);
        }
        return new Command<>(name, "", codec.read(payload), expiresAt);
    }

    /** The id of a payload that is otherwise malformed, so that its sender gets a result; empty if there is none. */
    public static String idOf(Payload payload) {
        return payload instanceof Payload.Fields fields
                        && fields.values().get("id") instanceof String id
                        && ID.matcher(id).matches()
                ? id
                : "";
    }

    public static String checkedId(String id) throws Malformed {
        if (!ID.matcher(id).matches()) {
            throw new Malformed("id: expected 1 to 64 characters, each a letter, a digit or one of . _ : -");
        }
        return id;
    }

    public boolean hasId() {
        return !id.isEmpty();
    }

    /** The command without its id and expiry. Two commands with one id must have the same content. */
    public String content() {
        return name + "=" + value;
    }

    /** The value of a command without arguments, such as a button. */
    public enum Press {
        PRESS;

        public static final PayloadCodec<Press> SHAPE = PayloadCodec.TEXT.map(
                word -> {
                    if (!word.equals("PRESS")) {
                        throw new Malformed("unknown value " + Malformed.quoted(word) + ": expected PRESS");
                    }
                    return PRESS;
                },
                press -> new Payload.Text("PRESS"));
    }
}
