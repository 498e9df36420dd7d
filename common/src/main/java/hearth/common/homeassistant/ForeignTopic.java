package hearth.common.homeassistant;

import hearth.common.message.Topic;

/** A topic that is not this node's own. */
public sealed interface ForeignTopic {

    /** One of another node's, such as its temperature. */
    record OtherNodeTopic(String node, Topic<?> topic) implements ForeignTopic {}

    /** Somebody else's, as it stands on the wire. */
    record LiteralTopic(String topic) implements ForeignTopic {}
}
