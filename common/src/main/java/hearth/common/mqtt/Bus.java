package hearth.common.mqtt;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * A connection to the MQTT broker. No method throws because the broker is not reachable.
 *
 * <p>Listeners are called on the bus's own thread, one at a time. If a listener throws, the error is logged and the
 * listener receives the next message. A listener may call the bus, but only with a zero timeout: otherwise the bus
 * would wait for its own thread.
 */
public interface Bus {

    /**
     * Connects, and reconnects after each loss until {@link #disconnect}. On each connection the bus first subscribes,
     * then publishes {@code online}, then sends every retained state again.
     *
     * @param timeout how long to wait for the first connection; zero returns at once
     * @return whether the bus is connected; if false, it continues to try
     */
    boolean connect(Duration timeout);

    /**
     * Sends queued messages, publishes {@code offline} and closes the session. Messages that are not sent by then, and
     * all later ones, are dropped and reported to their senders.
     *
     * @param timeout how long this may take; then the connection is cut
     */
    void disconnect(Duration timeout);

    /**
     * Subscribes to one topic, now and after every reconnection.
     *
     * @return true when the broker has acknowledged; false if it is not reachable or did not answer within the timeout.
     *     Then the subscription is made with the next connection
     */
    boolean subscribe(Subscription subscription, Consumer<Incoming> listener, Duration timeout);

    /** Ends a subscription. @return true when the broker has acknowledged, false if it is not reachable or too slow */
    boolean unsubscribe(String topic, Duration timeout);

    /**
     * Queues a message and returns at once, with or without a connection.
     *
     * <p>A retained message replaces an unsent one on the same topic. Other messages are queued. Expired messages are
     * dropped; if the queue is full, the oldest is dropped. Dropped messages are counted.
     *
     * @param settled called once: true when the broker acknowledged the message (QoS 0: when it was sent), false when
     *     it was dropped or replaced
     */
    void publish(Outgoing message, Consumer<Boolean> settled);

    default void publish(Outgoing message) {
        publish(message, settled -> {});
    }

    /**
     * Sends every retained state again, for a subscriber that has restarted. Does nothing on a bus that keeps no
     * states.
     */
    default void republishAll() {}

    Counts counts();

    /**
     * State and counters of the connection since the start.
     *
     * @param online      whether messages are sent now
     * @param connections number of connections, including the first
     * @param queued      messages that wait now
     * @param dropped     messages dropped because they expired or the queue was full
     */
    record Counts(boolean online, long connections, long queued, long dropped) {}
}
