package hearth.coffee;

import hearth.common.message.Payload;
import hearth.common.message.PayloadCodec;
import hearth.common.message.Topic;
import java.time.Duration;

/** The coffee is ready. @param id that of the trip or the command */
record Brewed(String id, Cause cause, Duration took) {

    static final Topic<Brewed> TOPIC = Topic.announcement(
            "brewed",
            1,
            PayloadCodec.fields(
                    brewed -> Payload.Fields.of(
                            "id", brewed.id, "for", brewed.cause.wireName(), "seconds", brewed.took.toSeconds()),
                    fields -> {
                        throw new UnsupportedOperationException("no node subscribes to brews");
                    }),
            "a brew is ready: `{\"id\":\"…\", \"for\":\"approach\", \"seconds\":360}`; `for`: `approach` or `command`; `id`: that of"
                    + " the trip or the command; `seconds`: duration of the brew");
}
