package hearth.common.mqtt;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * A connection to the house's broker: five verbs and their promises. None throws for a broker that is away.
 *
 * <p>Listeners are called on the bus's own thread, one at a time. One that throws is logged and called again for the
 * next message. A listener may call back, but only with a zero timeout: on its thread the bus would wait for itself.
 */
public interface Bus {

    /**
     * Connects, and from then on connects again by itself whenever the connection is lost, for ever, until
     * {@link #disconnect}. On each connection the subscriptions are made first, then the node is {@code online}, then
     * every retained state is sent once more.
     *
     * @param timeout how long to wait for the first connection; zero to return at once
     * @return whether it is connected; false means that it goes on trying
     */
    boolean connect(Duration timeout);

    /**
     * Sends what is in hand, says {@code offline} and closes the session, for good. Whatever is left unsent, and all
     * that is published from then on, is dropped and its sender told.
     *
     * @param timeout how long that may take; then the connection is cut
     */
    void disconnect(Duration timeout);

    /**
     * Listens to one topic, now and after every reconnection.
     *
     * @return true when the broker has acknowledged; false if it is away or did not within the patience, and then the
     *     subscription is made with the next connection
     */
    boolean subscribe(Subscription subscription, Consumer<Incoming> listener, Duration timeout);

    /** Listens no more. @return true when the broker has acknowledged, false if it is away or too slow */
    boolean unsubscribe(String topic, Duration timeout);

    /**
     * Hands a message over and returns at once, online or not.
     *
     * <p>A retained message takes the place of an unsent one on the same topic. Others wait in line; what is too old,
     * or too many for the line, is dropped, the oldest first, and counted.
     *
     * @param settled told once: true when the broker acknowledged it (QoS 0: when it was sent), false when it was
     *     dropped or another took its place
     */
    void publish(Outgoing message, Consumer<Boolean> settled);

    default void publish(Outgoing message) {
        publish(message, settled -> {});
    }

    /** Sends every retained state once more, for somebody who has come anew. A bus that keeps none has none to send. */
    default void republishAll() {}

    Counts counts();

    /**
     * How the connection is, and what it has been through since the start.
     *
     * @param online      whether messages go out now
     * @param connections established, the first included
     * @param queued      messages waiting now
     * @param dropped     messages too old or too many
     */
    record Counts(boolean online, long connections, long queued, long dropped) {}
}
