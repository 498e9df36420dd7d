package hearth.common.mqtt;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * A message on its way out.
 *
 * @param payload  not to be changed once handed over
 * @param qos      0 to 2; lowered to what the broker allows
 * @param retained true for a state
 * @param expiresAt    when it stops being worth anything, by the bus's clock; {@link Instant#MAX} for never
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record Outgoing(String topic, byte[] payload, int qos, boolean retained, Instant expiresAt) {

    /** @throws IllegalArgumentException for what MQTT does not allow */
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
