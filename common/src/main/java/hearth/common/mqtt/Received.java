package hearth.common.mqtt;

import java.time.Duration;

/**
 * A state of another node.
 *
 * @param age its age at arrival, in simulated time if the node is simulated; up to 1 s off, as expiry is in whole
 *     seconds
 */
public record Received<T>(T message, Duration age) {}
