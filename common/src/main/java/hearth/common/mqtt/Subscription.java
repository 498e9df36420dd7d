package hearth.common.mqtt;

/**
 * What to listen to.
 *
 * @param topic    a full topic, no wildcards
 * @param commandTopic true if nothing that was in store may come (MQTT's Retain Handling 2), and what is sent with the
 *     retain flag must show it (Retain As Published); false for states, where retained means out of the store
 */
public record Subscription(String topic, int qos, boolean commandTopic) {

    /** @throws IllegalArgumentException for what MQTT does not allow */
    public Subscription {
        check(topic, qos);
    }

    static void check(String topic, int qos) {
        if (topic.isEmpty() || !isPlain(topic)) {
            throw new IllegalArgumentException("topic '" + topic + "': must not be empty or contain +, # or control"
                    + " characters");
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
