package hearth.thermostat;

import hearth.common.message.Payload;
import hearth.common.message.PayloadCodec;
import hearth.common.message.Topic;
import java.time.Duration;
import java.time.Instant;

/**
 * Why the airco heats, cools or waits.
 *
 * @param want  what the room needs
 * @param doing what the outputs do
 * @param code  a stable code such as {@code min-off}
 * @param until when this reason ends; {@link Instant#MAX} if that cannot be known
 * @param since when the reason was first published; {@code for_s} on the wire counts from here
 */
record Reason(Action want, Action doing, String code, Instant until, Instant since) {

    static final Topic<Reason> TOPIC = Topic.state(
            "reason",
            1,
            PayloadCodec.fields(Reason::fields, fields -> {
                throw new UnsupportedOperationException("no node subscribes to reasons");
            }),
            "why the airco heats, cools or waits:"
                    + " `{\"want\":\"heat\", \"doing\":\"idle\", \"because\":\"min-off\", \"for_s\":143}`; `want`: what the"
                    + " room needs; `doing`: what the outputs do; `because`: the code of the cause; `for_s`: seconds until"
                    + " this cause ends, null if unknown");

    /** An unchanged reason keeps its time, so that it is not published again. */
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
