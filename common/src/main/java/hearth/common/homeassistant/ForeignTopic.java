package hearth.common.homeassistant;

import hearth.common.message.Topic;

/** A topic that does not belong to this node. */
public sealed interface ForeignTopic {

    /** A topic of another node, such as its temperature. */
    record OtherNodeTopic(String node, Topic<?> topic) implements ForeignTopic {}

    /** A complete topic of another program. */
    record LiteralTopic(String topic) implements ForeignTopic {}
}
