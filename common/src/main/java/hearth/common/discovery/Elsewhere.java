package hearth.common.discovery;

import hearth.common.message.Topic;

/** A topic that is not this node's own. */
public sealed interface Elsewhere {

    /** One of another node's, such as its temperature. */
    record OfNode(String node, Topic<?> topic) implements Elsewhere {}

    /** Somebody else's, as it stands on the wire. */
    record Whole(String topic) implements Elsewhere {}
}
