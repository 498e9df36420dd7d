package hearth.thermostat;

import hearth.common.message.Payload;
import hearth.common.message.PayloadCodec;
import hearth.common.message.Topic;
import java.time.Duration;
import java.time.Instant;

/**
 * Why the airco does what it does.
 *
 * @param code a stable code such as {@code min-off}
 * @param until   when that will be over; {@link Instant#MAX} if nobody can know
 * @param since   when it was first said: what is left on the wire counts from here
 */
record Reason(Action want, Action doing, String code, Instant until, Instant since) {

    static final Topic<Reason> TOPIC = Topic.state(
            "reason",
            1,
            PayloadCodec.fields(Reason::fields, fields -> {
                throw new UnsupportedOperationException("nobody here listens to reasons");
            }),
            "why it does what it does: what it wants, what it does, because of what, for how many seconds more");

    /** The same reason keeps the moment it was first said, so that it is not said again. */
    Reason withSinceOf(Reason before) {
        return new Reason(want, doing, code, until, before.since).equals(before) ? before : this;
    }

    private Payload.Fields fields() {
        Object left = until.equals(Instant.MAX)
                ? Payload.JSON_NULL
                : Long.valueOf(
                        Duration.between(since, until).plusNanos(999_999_999).toSeconds());
        return Payload.Fields.of("want", word(want), "doing", word(doing), "because", code, "for_s", left);
    }

    private static String word(Action action) {
        return switch (action) {
            case OFF -> "off";
            case IDLE -> "idle";
            case HEATING -> "heat";
            case COOLING -> "cool";
        };
    }
}
