package hearth.car;

import hearth.common.message.PayloadCodec;
import hearth.common.message.Topic;

/** Whether the car is at home, on its way home, or neither. */
enum Presence {
    HOME,
    APPROACHING,
    AWAY;

    static final Topic<Presence> TOPIC =
            Topic.state("presence", 1, PayloadCodec.oneOf(Presence.class, '-'), "`home`, `approaching` or `away`");
}
