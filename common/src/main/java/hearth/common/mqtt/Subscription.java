package hearth.common.mqtt;

/**
 * A topic to subscribe to.
 *
 * @param topic        a full topic, no wildcards
 * @param commandTopic true for commands: retained messages are not delivered (MQTT's Retain Handling 2), and a message
 *     keeps its retain flag (Retain As Published), so that it can be rejected. False for states, where the flag means
 *     that the broker had retained the message
 */
public record Subscription(String topic, int qos, boolean commandTopic) {

    /** @throws IllegalArgumentException if MQTT does not allow the topic or the QoS */
    public Subscription {
        check(topic, qos);
    }

    static void check(String topic, int qos) {
        if (topic.isEmpty() || !isPlain(topic)) {
            throw new IllegalArgumentException(
                    "topic '" + topic + "': must not be empty or contain +, # or control characters");
        }
        if (qos < 0 || qos > 2) {
            throw new IllegalArgumentException("QoS " + qos + ": must be 0, 1 or 2");
        }
    }

    private static boolean isPlain(String topic) {
        for (int i = 0; i < topic.length(); i++) {
            char c = topic.charAt(i);
            if (c == '+' || c == '#' || Character.isISOControl(c)) {
                return false;
            }
        }
        return true;
    }
}
