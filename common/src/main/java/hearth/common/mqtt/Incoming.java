package hearth.common.mqtt;

/**
 * A message from the broker.
 *
 * @param retained   the broker had retained it; for commands also: its sender set the retain flag
 * @param lifetimeS  the user property {@code lifetime_s}: the message's total expiry duration; {@link #ABSENT} if not
 *     given
 * @param remainingS MQTT's message expiry interval, which the broker counts down; {@link #ABSENT} if not given
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record Incoming(String topic, byte[] payload, boolean retained, long lifetimeS, long remainingS) {

    public static final long ABSENT = -1;

    /** The user property with a message's total expiry duration, in seconds. */
    public static final String LIFETIME = "lifetime_s";
}
