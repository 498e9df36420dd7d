package hearth.common.message;

import hearth.common.value.Celsius;

/** Topics of every node, and topics that nodes of different types share. */
public final class CommonTopics {

    private CommonTopics() {}

    /** {@code online}, or {@code offline} by the last will. */
    public static final Topic<String> STATUS = Topic.state(
            "status",
            1,
            PayloadCodec.TEXT,
            "`online`; `offline` if the node has stopped or lost its connection (last will)");

    /** The most severe fault; {@code none} without a fault. */
    public static final Topic<String> FAULT = Topic.state(
            "fault",
            1,
            PayloadCodec.TEXT,
            "code of the most severe fault, such as `sensor-short`; `none` without a fault");

    /** Clears a latched fault. */
    public static final Topic<Command.Press> RESET = Topic.command(
            "reset/set", 1, Command.Press.SHAPE, "`PRESS` clears the faults `no-response-latched` and `state-lost`");

    /** The temperature of a sensor; message expiry: as long as the reading is trusted. */
    public static final Topic<Celsius> TEMPERATURE = Topic.state(
            "temperature",
            0,
            PayloadCodec.celsius(2),
            "the sensor's reading in °C, such as `19.44`; message expiry: `sensor.stale-after`");

    public static final String NO_FAULT = "none";
}
