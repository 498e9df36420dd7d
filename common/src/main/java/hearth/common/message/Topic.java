package hearth.common.message;

/**
 * One kind of message of one kind of node, declared once for both ends.
 *
 * @param name  below the node's name, such as {@code target/set}
 * @param kind  what the promise is
 * @param qos   MQTT's quality of service, 0 to 2
 * @param codec its form on the wire
 * @param description one sentence for {@code docs/topics.md}
 */
public record Topic<T>(String name, Kind kind, int qos, PayloadCodec<T> codec, String description) {

    /** What a topic's messages are. */
    public enum Kind {
        /** What is so now: retained, the latest wins, sent again to a broker that forgot. */
        STATE,
        /** Something that happened: kept until acknowledged or too old to matter, each sent once. */
        ANNOUNCEMENT,
        /** Something a device is asked to do: never retained. */
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

    /** Where the messages of one node go: {@code home/airco/target}. */
    public String of(String prefix, String node) {
        return prefix + "/" + node + "/" + name;
    }
}
