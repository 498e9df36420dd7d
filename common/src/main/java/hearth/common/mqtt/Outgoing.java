package hearth.common.mqtt;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * A message to publish.
 *
 * @param payload   must not be changed afterwards
 * @param qos       0 to 2; lowered to the broker's maximum
 * @param retained  true for a state
 * @param expiresAt message expiry, by the bus's clock; {@link Instant#MAX} for none
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record Outgoing(String topic, byte[] payload, int qos, boolean retained, Instant expiresAt) {

    /** @throws IllegalArgumentException if MQTT does not allow the topic or the QoS */
    public Outgoing {
        Subscription.check(topic, qos);
    }

    public static Outgoing state(String topic, String text, int qos) {
        return new Outgoing(topic, text.getBytes(StandardCharsets.UTF_8), qos, true, Instant.MAX);
    }

    public boolean expires() {
        return !expiresAt.equals(Instant.MAX);
    }
}
