package hearth.common.message;

import hearth.common.value.Celsius;

/** Topics that every node has, and those that nodes of different kinds share. */
public final class CommonTopics {

    private CommonTopics() {}

    /** {@code online}, or {@code offline} by the last will. */
    public static final Topic<String> STATUS =
            Topic.state("status", 1, PayloadCodec.TEXT, "online, or offline when the node is gone (the last will)");

    /** The strongest fault there is, {@code none} if there is none. */
    public static final Topic<String> FAULT =
            Topic.state("fault", 1, PayloadCodec.TEXT, "none, or a stable code such as sensor-short");

    /** Clears a latched fault. */
    public static final Topic<Command.Press> RESET =
            Topic.command("reset/set", 1, Command.Press.SHAPE, "clears a latched fault");

    /** What a sensor measured; lives as long as it may be trusted. */
    public static final Topic<Celsius> TEMPERATURE = Topic.state(
            "temperature", 0, PayloadCodec.celsius(2), "what the sensor measured, in °C; lives sensor.stale-after");

    public static final String NO_FAULT = "none";
}
