package hearth.common.mqtt;

import java.time.Duration;

/**
 * A state of another node.
 *
 * @param age how old it was when it arrived, in the house's time; up to a second off, as lives are whole seconds
 */
public record Received<T>(T message, Duration age) {}
