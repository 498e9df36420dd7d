package hearth.common.message;

/**
 * One topic of a node type, declared once for publisher and subscriber.
 *
 * @param name        below the node's name, such as {@code target/set}
 * @param kind        retained state, announcement or command
 * @param qos         MQTT's quality of service, 0 to 2
 * @param codec       the payload format
 * @param description one sentence for {@code docs/topics.md}
 */
public record Topic<T>(String name, Kind kind, int qos, PayloadCodec<T> codec, String description) {

    /** The kind of a topic's messages. */
    public enum Kind {
        /** The present state: retained; only the latest counts; sent again to a broker that has lost its data. */
        STATE,
        /** An event: published once, kept until it is acknowledged or expired. */
        ANNOUNCEMENT,
        /** A request to the node: never retained. */
        COMMAND
    }

    public static <T> Topic<T> state(String name, int qos, PayloadCodec<T> codec, String description) {
        return new Topic<>(name, Kind.STATE, qos, codec, description);
    }

    public static <T> Topic<T> announcement(String name, int qos, PayloadCodec<T> codec, String description) {
        return new Topic<>(name, Kind.ANNOUNCEMENT, qos, codec, description);
    }

    public static <T> Topic<T> command(String name, int qos, PayloadCodec<T> codec, String description) {
        return new Topic<>(name, Kind.COMMAND, qos, codec, description);
    }

    /** The complete topic, such as {@code home/airco/target}. */
    public String of(String prefix, String node) {
        return prefix + "/" + node + "/" + name;
    }
}
