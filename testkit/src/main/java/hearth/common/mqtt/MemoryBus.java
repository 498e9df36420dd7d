package hearth.common.mqtt;

import hearth.common.value.TimeScale;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A {@link Bus} on a {@link MemoryBroker}. It fulfils the contract of the real bus with the same {@link Outbox}; it
 * never waits. After a takeover by another client with the same client id it does not reconnect.
 */
public final class MemoryBus implements Bus {

    private final MemoryBroker broker;
    private final String clientId;
    private final String statusTopic;
    private final Outbox outbox;
    private final Map<String, SubscriptionListener> listeners = new LinkedHashMap<>();
    private final Set<String> pendingUnsubscribes = new HashSet<>();
    private boolean online;
    private boolean ended;
    private long connections;

    MemoryBus(MemoryBroker broker, String clientId, String statusTopic, InstantSource clock, TimeScale timeScale) {
        this.broker = broker;
        this.clientId = clientId;
        this.statusTopic = statusTopic;
        this.outbox = new Outbox(clock, timeScale);
    }

    @Override
    public boolean connect(Duration timeout) {
        broker.requireOtherThread(timeout);
        tryToConnect();
        return online;
    }

    @Override
    public void disconnect(Duration timeout) {
        broker.requireOtherThread(timeout);
        if (online) {
            send();
            broker.publish(status("offline"), 1);
            online = false;
        }
        ended = true;
        broker.disconnect(this);
        outbox.close();
    }

    @Override
    public boolean subscribe(Subscription subscription, Consumer<Incoming> listener, Duration timeout) {
        broker.requireOtherThread(timeout);
        listeners.put(subscription.topic(), new SubscriptionListener(subscription, listener));
        pendingUnsubscribes.remove(subscription.topic());
        if (online) {
            broker.subscribe(clientId, subscription);
        }
        return online;
    }

    @Override
    public boolean unsubscribe(String topic, Duration timeout) {
        broker.requireOtherThread(timeout);
        listeners.remove(topic);
        if (!online) {
            pendingUnsubscribes.add(topic);
        } else if (!topic.equals(statusTopic)) {
            broker.unsubscribe(clientId, topic);
        }
        return online;
    }

    @Override
    public void publish(Outgoing message, Consumer<Boolean> settled) {
        outbox.add(message, delivered -> broker.execute(() -> settled.accept(delivered)));
        if (ended) {
            outbox.close();
        }
        broker.execute(this::send);
    }

    @Override
    public void republishAll() {
        outbox.republishAll();
        broker.execute(this::send);
    }

    @Override
    public Counts counts() {
        return new Counts(online, connections, outbox.queued(), outbox.dropped());
    }

    String clientId() {
        return clientId;
    }

    Incoming will() {
        return status("offline");
    }

    void tryToConnect() {
        if (ended || online || !broker.connect(this)) {
            return;
        }
        pendingUnsubscribes.forEach(topic -> broker.unsubscribe(clientId, topic));
        pendingUnsubscribes.clear();
        broker.subscribe(clientId, new Subscription(statusTopic, 1, true));
        listeners.values().forEach(each -> broker.subscribe(clientId, each.subscription()));
        broker.publish(status("online"), 1);
        online = true;
        connections++;
        outbox.connected();
        broker.execute(this::send);
    }

    void onConnectionLost() {
        online = false;
        outbox.disconnected();
    }

    void onTakenOver() {
        ended = true;
    }

    void onMessage(Incoming message) {
        boolean offline = new String(message.payload(), StandardCharsets.UTF_8).equals("offline");
        if (online && offline && message.topic().equals(statusTopic)) {
            broker.publish(status("online"), 1);
        }
        SubscriptionListener listener = listeners.get(message.topic());
        if (listener != null) {
            broker.deliverTo(listener, message);
        }
    }

    /** Sends what may be sent, and drops expired messages. */
    void send() {
        outbox.dropExpired();
        for (Optional<OutboxEntry> next = outbox.next(); next.isPresent(); next = outbox.next()) {
            OutboxEntry entry = next.get();
            broker.publish(outbox.toIncoming(entry), entry.message().qos());
            outbox.acknowledged(entry);
        }
    }

    private Incoming status(String payload) {
        return new Incoming(
                statusTopic, payload.getBytes(StandardCharsets.UTF_8), true, Incoming.ABSENT, Incoming.ABSENT);
    }
}
