package hearth.common.mqtt;

/**
 * What to listen to.
 *
 * @param topic    a full topic, no wildcards
 * @param commands true if nothing that was in store may come (MQTT's Retain Handling 2); false for states
 */
public record Subscription(String topic, int qos, boolean commands) {}
