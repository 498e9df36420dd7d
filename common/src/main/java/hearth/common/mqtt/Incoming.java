package hearth.common.mqtt;

/**
 * A message as it came from the broker.
 *
 * @param retained  the broker had it in store; for commands also: its sender asked to store it
 * @param lifetimeS the user property {@code lifetime_s}: the message's whole life; {@link #ABSENT} if not given
 * @param remainingS     MQTT's message expiry: what is left of it; {@link #ABSENT} if not given
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record Incoming(String topic, byte[] payload, boolean retained, long lifetimeS, long remainingS) {

    public static final long ABSENT = -1;

    /** The user property that carries a message's whole life, in seconds. */
    public static final String LIFETIME = "lifetime_s";
}
