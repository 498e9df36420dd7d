package hearth.common.mqtt;

import hearth.common.mqtt.BusThread.ScheduledTask;
import org.jspecify.annotations.Nullable;

/**
 * The state of a {@link HiveMqBus}, each with the data that only this state needs.
 *
 * <pre>
 *   Idle ──► Connecting ──► Subscribing ──► Online ──► Closing ──► Closed
 *                ▲  │             │            │
 *                │  ▼             ▼            ▼
 *               Waiting ◄──────── connection lost
 * </pre>
 *
 * <p>{@code disconnect} leads from every state but {@code Online} straight to {@code Closed}.
 */
sealed interface BusState {

    /** The connection in use; null if there is none. */
    default @Nullable MqttConnection connection() {
        return null;
    }

    /** The bus was not asked to connect yet. */
    record Idle() implements BusState {}

    /** The bus waits before it tries again. */
    record Waiting() implements BusState {}

    /** The broker has not accepted the connection yet. @param timeout ends an attempt that takes too long */
    record Connecting(MqttConnection connection, ScheduledTask timeout) implements BusState {}

    /** The broker has accepted the connection; subscriptions are made, then {@code online} is published. */
    record Subscribing(MqttConnection connection, ScheduledTask timeout, StatusMessage status) implements BusState {}

    /** Messages of the outbox are sent. */
    record Online(MqttConnection connection, StatusMessage status) implements BusState {}

    /** Queued messages are sent, then {@code offline} is published. @param offlinePublished nothing is sent after it */
    record Closing(MqttConnection connection, boolean offlinePublished) implements BusState {}

    /** The bus is disconnected and stays so. */
    record Closed() implements BusState {}

    /** Where the node's own retained {@code online} stands. */
    enum StatusMessage {
        SETTLED,
        IN_FLIGHT,
        /** A last will has overwritten the status meanwhile, so it is published once more. */
        IN_FLIGHT_AND_OVERWRITTEN
    }

    /** Whether the broker has accepted the connection, so that subscriptions can be made. */
    default boolean isAccepted() {
        return this instanceof Subscribing || this instanceof Online || this instanceof Closing;
    }

    /** Whether {@code online} was published on this connection and the connection is still there. */
    default boolean isOnline() {
        return this instanceof Online || this instanceof Closing;
    }

    /** Whether messages of the outbox may be sent. */
    default boolean maySend() {
        return this instanceof Online || (this instanceof Closing closing && !closing.offlinePublished);
    }

    /** The same state with this status; unchanged where no status is published. */
    default BusState with(StatusMessage status) {
        if (this instanceof Subscribing subscribing) {
            return new Subscribing(subscribing.connection, subscribing.timeout, status);
        }
        return this instanceof Online online ? new Online(online.connection, status) : this;
    }

    /** Ends the timeout of an attempt, if one runs. */
    default void cancelTimeout() {
        if (this instanceof Connecting connecting) {
            connecting.timeout.cancel();
        } else if (this instanceof Subscribing subscribing) {
            subscribing.timeout.cancel();
        }
    }
}
