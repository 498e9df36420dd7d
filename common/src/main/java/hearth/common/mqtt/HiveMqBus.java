package hearth.common.mqtt;

import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientBuilder;
import hearth.common.mqtt.BusState.StatusMessage;
import hearth.common.mqtt.BusThread.ScheduledTask;
import hearth.common.value.TimeScale;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * A {@link Bus} on the HiveMQ client, MQTT 5.
 *
 * <p>Each connection is a new {@link MqttConnection} (ADR 3): the broker accepts it, the subscriptions are made, {@code
 * online} is published, then the {@link Outbox} is sent. When the connection is lost, this starts again. {@link
 * BusState} has the states and their data. Everything happens on one thread.
 */
public final class HiveMqBus implements Bus {

    private static final Duration MAX_TIMER = Duration.ofDays(1);

    private final List<URI> brokers;
    private final Identity identity;
    private final String clientId;
    private final String statusTopic;
    private final String runId = UUID.randomUUID().toString();
    private final InstantSource clock;
    private final TimeScale timeScale;
    private final Backoff backoff;
    private final Timeouts timeouts;
    private final BusThread thread;
    private final CompletableFuture<Boolean> established = new CompletableFuture<>();
    private final CompletableFuture<Boolean> closed = new CompletableFuture<>();
    private volatile Counts counts = new Counts(false, 0, 0, 0);

    // From here on: used on the bus's thread only.
    private final Map<String, SubscriptionListener> listeners = new LinkedHashMap<>();
    private final Set<String> pendingUnsubscribes = new HashSet<>();
    private final Set<String> warnings = new HashSet<>();
    private final Outbox outbox;
    private BusState state = new BusState.Idle();
    private int attempts;
    private long connections;
    private Instant wakeAt = Instant.MAX;
    private ScheduledTask expiryTimer = () -> {};

    /**
     * @param brokers     {@code mqtt} or {@code mqtts} (host name verified), tried in turn, the first one first
     * @param identity    presented to each of them
     * @param statusTopic where {@code online} and {@code offline} are published
     * @param clock       the node's time, by which message expiry is counted
     */
    public HiveMqBus(
            List<URI> brokers,
            Identity identity,
            String clientId,
            String statusTopic,
            InstantSource clock,
            TimeScale timeScale) {
        this(brokers, identity, clientId, statusTopic, clock, timeScale, Backoff.standard(), Timeouts.STANDARD);
    }

    HiveMqBus(
            List<URI> brokers,
            Identity identity,
            String clientId,
            String statusTopic,
            InstantSource clock,
            TimeScale timeScale,
            Backoff backoff,
            Timeouts timeouts) {
        this.brokers = List.copyOf(brokers);
        this.identity = identity;
        this.clientId = clientId;
        this.statusTopic = statusTopic;
        this.clock = clock;
        this.timeScale = timeScale;
        this.backoff = backoff;
        this.timeouts = timeouts;
        this.thread = new BusThread("bus " + clientId);
        this.outbox = new Outbox(clock, timeScale);
    }

    @Override
    public boolean connect(Duration timeout) {
        requireOtherThread(timeout);
        thread.execute(() -> {
            if (state instanceof BusState.Idle) {
                attempt();
            }
        });
        return await(established, timeout);
    }

    @Override
    public void disconnect(Duration timeout) {
        requireOtherThread(timeout);
        thread.execute(() -> startClosing(timeout));
        if (!await(closed, timeout)) {
            thread.execute(this::close);
        }
    }

    @Override
    public boolean subscribe(Subscription subscription, Consumer<Incoming> listener, Duration timeout) {
        requireOtherThread(timeout);
        CompletableFuture<Boolean> acknowledged = new CompletableFuture<>();
        thread.execute(() -> {
            listeners.put(subscription.topic(), new SubscriptionListener(subscription, listener));
            pendingUnsubscribes.remove(subscription.topic());
            MqttConnection connection = acceptedConnection();
            if (connection == null) {
                acknowledged.complete(false);
            } else {
                connection.subscribe(List.of(subscription), acknowledged::complete);
            }
        });
        return await(acknowledged, timeout);
    }

    @Override
    public boolean unsubscribe(String topic, Duration timeout) {
        requireOtherThread(timeout);
        CompletableFuture<Boolean> acknowledged = new CompletableFuture<>();
        thread.execute(() -> {
            listeners.remove(topic);
            MqttConnection connection = acceptedConnection();
            if (topic.equals(statusTopic)) {
                acknowledged.complete(state.isOnline()); // The bus itself stays subscribed to this topic.
            } else if (connection == null) {
                pendingUnsubscribes.add(topic);
                acknowledged.complete(false);
            } else {
                connection.unsubscribe(List.of(topic), acknowledged::complete);
            }
        });
        return await(acknowledged, timeout);
    }

    @Override
    public void publish(Outgoing message, Consumer<Boolean> settled) {
        thread.execute(() -> {
            outbox.add(message, delivered -> notifySettled(settled, delivered));
            if (state instanceof BusState.Closed) {
                outbox.close();
            }
            send();
        });
    }

    @Override
    public void republishAll() {
        thread.execute(() -> {
            outbox.republishAll();
            send();
        });
    }

    @Override
    public Counts counts() {
        return counts;
    }

    private @Nullable MqttConnection acceptedConnection() {
        return state.isAccepted() ? state.connection() : null;
    }

    private boolean isCurrent(MqttConnection connection) {
        return connection == state.connection();
    }

    private void attempt() {
        if (state instanceof BusState.Closed) {
            return;
        }
        URI broker = brokers.get(attempts++ % brokers.size());
        MqttConnection connection = new MqttConnection(
                broker,
                identity,
                clientId,
                statusTopic,
                runId,
                timeouts,
                thread,
                this::onMessage,
                this::onDisconnected,
                Mqtt5ClientBuilder::buildAsync);
        ScheduledTask timeout = thread.after(
                timeouts.online(),
                () -> abandonConnection(connection, "not online within " + seconds(timeouts.online())));
        state = new BusState.Connecting(connection, timeout);
        connection.connect(sessionPresent -> {
            if (isCurrent(connection)) {
                subscribeAll(connection, timeout, sessionPresent);
            }
        });
    }

    private void subscribeAll(MqttConnection connection, ScheduledTask timeout, boolean sessionPresent) {
        state = new BusState.Subscribing(connection, timeout, StatusMessage.SETTLED);
        if (sessionPresent && !pendingUnsubscribes.isEmpty()) {
            connection.unsubscribe(List.copyOf(pendingUnsubscribes), answered -> {});
        }
        pendingUnsubscribes.clear();
        List<Subscription> subscriptions = new ArrayList<>();
        // To receive last wills on this topic: our own, or that of a client with the same client id.
        subscriptions.add(new Subscription(statusTopic, 1, false));
        listeners.values().forEach(each -> subscriptions.add(each.subscription()));
        connection.subscribe(subscriptions, answered -> {
            if (answered && isCurrent(connection)) {
                publishOnline(connection);
            }
        });
    }

    private void publishOnline(MqttConnection connection) {
        state = state.with(StatusMessage.IN_FLIGHT);
        connection.publishStatus("online", outcome -> {
            if (!isCurrent(connection) || outcome == MqttConnection.PublishOutcome.UNKNOWN) {
                return;
            }
            boolean overwritten = isStatus(StatusMessage.IN_FLIGHT_AND_OVERWRITTEN);
            state = state.with(StatusMessage.SETTLED);
            if (state instanceof BusState.Subscribing) {
                becomeOnline(connection);
            }
            if (overwritten && state instanceof BusState.Online) {
                publishOnline(connection);
            }
        });
    }

    private void becomeOnline(MqttConnection connection) {
        state.cancelTimeout();
        state = new BusState.Online(connection, StatusMessage.SETTLED);
        attempts = 0;
        connections++;
        warnings.clear();
        Logger.info("connected to {}", connection.address());
        thread.after(timeouts.stable(), () -> {
            if (isCurrent(connection)) {
                backoff.reset();
            }
        });
        thread.after(timeouts.afterTakeover().multipliedBy(2), connection::clearDuplicateClient);
        thread.after(timeouts.acknowledgement(), () -> checkAcknowledgements(connection, Optional.empty()));
        outbox.connected();
        send();
        established.complete(true);
    }

    /** Every kind of connection loss ends here; only the connection in use counts, and only once. */
    private void onDisconnected(MqttConnection connection, Throwable cause) {
        if (!isCurrent(connection)) {
            return;
        }
        BusState before = state;
        before.cancelTimeout();
        state = new BusState.Waiting();
        if (MqttConnection.isProtocolError(cause)) {
            outbox.dropOldestIfRepeated();
        }
        outbox.disconnected();
        send();
        if (before instanceof BusState.Closing) {
            close();
            return;
        }
        thread.after(delayBeforeRetry(connection, cause, before.isOnline()), this::attempt);
    }

    /**
     * A takeover by a client with the same client id is known from the reason code, or from that client's retained
     * status at the broker. On the first connection that status may be from our own previous process.
     */
    private Duration delayBeforeRetry(MqttConnection connection, Throwable cause, boolean wasOnline) {
        boolean takeover = MqttConnection.isTakeover(cause) || (connections > 1 && connection.duplicateClientSeen());
        if (!takeover) {
            warnOnce((wasOnline ? "connection lost to " : "no connection to ") + connection.address() + ": "
                    + connection.reason(cause));
            return backoff.next();
        }
        Logger.warn(
                "client id \"{}\" is used twice at {}: give each node its own node.name; retrying in {} s",
                clientId,
                connection.address(),
                timeouts.afterTakeover().toSeconds());
        return timeouts.afterTakeover();
    }

    private void abandonConnection(MqttConnection connection, String why) {
        if (isCurrent(connection)) {
            connection.disconnectWithWill();
            onDisconnected(connection, new TimeoutException(why));
        }
    }

    private void onMessage(Incoming message) {
        if (state instanceof BusState.Closed) {
            return;
        }
        // A retained status from before this connection is overwritten by our own anyway.
        boolean lastWill =
                !message.retained() && message.topic().equals(statusTopic) && "offline".equals(text(message));
        if (lastWill) {
            onStatusOverwritten();
        }
        SubscriptionListener listener = listeners.get(message.topic());
        if (listener != null) {
            listener.deliver(message);
        }
    }

    private void onStatusOverwritten() {
        if (isStatus(StatusMessage.IN_FLIGHT)) {
            state = state.with(StatusMessage.IN_FLIGHT_AND_OVERWRITTEN);
        } else if (state instanceof BusState.Online online && online.status() == StatusMessage.SETTLED) {
            publishOnline(online.connection());
        }
    }

    private boolean isStatus(StatusMessage status) {
        return (state instanceof BusState.Subscribing subscribing && subscribing.status() == status)
                || (state instanceof BusState.Online online && online.status() == status);
    }

    /** Sends what may be sent, drops what has expired, and sets the timer for the next expiry. */
    private void send() {
        outbox.dropExpired();
        MqttConnection connection = state.connection();
        if (connection != null && state.maySend()) {
            for (Optional<OutboxEntry> next = outbox.next(); next.isPresent(); next = outbox.next()) {
                send(connection, next.get());
            }
        }
        updateCounts();
        scheduleExpiry();
        if (state instanceof BusState.Closing && outbox.isEmpty()) {
            publishOffline();
        }
    }

    private void send(MqttConnection connection, OutboxEntry entry) {
        connection.publish(outbox.toIncoming(entry), entry.message().qos(), outcome -> {
            if (!isCurrent(connection)) {
                return; // The entry is in the queue again.
            }
            switch (outcome) {
                case ACKNOWLEDGED -> outbox.acknowledged(entry);
                case REFUSED -> outbox.rejected(entry);
                case UNKNOWN -> {} // The connection is about to be reported lost, or checkAcknowledgements ends it.
            }
            send();
        });
    }

    private void scheduleExpiry() {
        Instant next = outbox.wakeAt();
        if (next.equals(wakeAt)) {
            return;
        }
        wakeAt = next;
        expiryTimer.cancel();
        if (!next.equals(Instant.MAX)) {
            Duration delay = timeScale.toReal(Duration.between(clock.instant(), next));
            expiryTimer = thread.after(delay.compareTo(MAX_TIMER) < 0 ? delay : MAX_TIMER, () -> {
                wakeAt = Instant.MAX;
                send();
            });
        }
    }

    /**
     * Detects a broker that answers pings but no messages.
     *
     * @param oldestBefore the oldest message in flight at the last check
     */
    private void checkAcknowledgements(MqttConnection connection, Optional<OutboxEntry> oldestBefore) {
        if (!isCurrent(connection)) {
            return;
        }
        Optional<OutboxEntry> oldest = outbox.oldestInFlight();
        if (oldest.isPresent() && oldest.equals(oldestBefore)) {
            abandonConnection(
                    connection, "no acknowledgement from the broker within " + seconds(timeouts.acknowledgement()));
        } else {
            thread.after(timeouts.acknowledgement(), () -> checkAcknowledgements(connection, oldest));
        }
    }

    private void startClosing(Duration timeout) {
        if (state instanceof BusState.Online online) {
            state = new BusState.Closing(online.connection(), false);
            thread.after(timeout.dividedBy(2), this::publishOffline); // Half for the queue, half for the disconnect.
            send();
        } else if (!(state instanceof BusState.Closing)) {
            close();
        }
    }

    private void publishOffline() {
        if (state instanceof BusState.Closing closing && !closing.offlinePublished()) {
            MqttConnection connection = closing.connection();
            state = new BusState.Closing(connection, true);
            connection.publishStatus("offline", outcome -> {
                if (isCurrent(connection)) {
                    connection.close(this::close);
                }
            });
        }
    }

    /** Cuts an open connection; the broker then publishes the last will {@code offline}. */
    private void close() {
        MqttConnection connection = state.connection();
        state.cancelTimeout();
        state = new BusState.Closed();
        if (connection != null) {
            connection.disconnectWithWill();
        }
        outbox.close();
        updateCounts();
        closed.complete(true);
    }

    private void updateCounts() {
        counts = new Counts(state.isOnline(), connections, outbox.queued(), outbox.dropped());
    }

    private void warnOnce(String message) {
        if (warnings.add(message)) {
            Logger.warn("{}; retrying every 1 to 8 s", message);
        }
    }

    private static String seconds(Duration duration) {
        return duration.toSeconds() + " s";
    }

    private static String text(Incoming message) {
        return new String(message.payload(), StandardCharsets.UTF_8);
    }

    private static void notifySettled(Consumer<Boolean> settled, boolean delivered) {
        try {
            settled.accept(delivered);
        } catch (RuntimeException bug) {
            Logger.error(bug, "unexpected error (a bug) in the callback of a published message");
        }
    }

    /** On its own thread, the bus would wait for itself. */
    private void requireOtherThread(Duration timeout) {
        if (!timeout.isZero() && thread.isCurrent()) {
            throw new IllegalStateException("a listener must not wait for the bus: call it with a zero timeout");
        }
    }

    private static boolean await(CompletableFuture<Boolean> answer, Duration timeout) {
        try {
            return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
