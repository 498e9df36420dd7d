package hearth.car;

import hearth.common.message.PayloadCodec;
import hearth.common.message.Topic;

/** Where the car is, as much of it as the house is told. */
enum Presence {
    HOME,
    APPROACHING,
    AWAY;

    static final Topic<Presence> TOPIC =
            Topic.state("presence", 1, PayloadCodec.oneOf(Presence.class, '-'), "`home`, `approaching` or `away`");
}
