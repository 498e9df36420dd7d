package hearth.common.mqtt;

import hearth.common.value.TimeScale;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * A broker and its network in memory, for tests and simulations: deterministic and strict.
 *
 * <p>It has the features that the nodes need: retained messages, message expiry, last wills, and sessions of 60 s for
 * disconnected clients. It can be stopped, lose its data, cut a client and deliver twice. It has no wildcards and no
 * access rights, and clients reconnect without a delay, as soon as they can.
 *
 * <p>Not thread-safe: the given executor must run its tasks on the caller's thread.
 */
public final class MemoryBroker {

    /** In real time, like every message expiry. */
    private static final Duration SESSION_EXPIRY = Duration.ofSeconds(60);

    /** Mosquitto's default; as in Mosquitto, the newest message is dropped if the queue is full. */
    private static final int MAX_QUEUE = 1000;

    private final InstantSource clock;
    private final TimeScale timeScale;
    private final Executor deliver;

    private final Map<String, HeldMessage> store = new HashMap<>();
    private final Map<String, BrokerSession> sessions = new LinkedHashMap<>();
    private final Map<String, MemoryBus> connected = new LinkedHashMap<>();
    private final Map<String, MemoryBus> connecting = new LinkedHashMap<>();
    private final Set<String> unplugged = new HashSet<>();
    private boolean delivering;
    private boolean up = true;
    private int duplicates;

    /** @param deliver runs tasks in order and soon, on the caller's thread, but not inside the call that adds them */
    public MemoryBroker(InstantSource clock, TimeScale timeScale, Executor deliver) {
        this.clock = clock;
        this.timeScale = timeScale;
        this.deliver = deliver;
    }

    /** A client of this broker, not yet connected. */
    public MemoryBus bus(String clientId, String statusTopic) {
        return bus(clientId, statusTopic, clock);
    }

    /** @param clientClock the clock of the client's machine, which may be wrong */
    public MemoryBus bus(String clientId, String statusTopic, InstantSource clientClock) {
        return new MemoryBus(this, clientId, statusTopic, clientClock, timeScale);
    }

    public boolean isUp() {
        return up;
    }

    /** Stops the broker without a disconnect message. */
    public void stop() {
        up = false;
        for (String client : List.copyOf(connected.keySet())) {
            dropConnection(client);
        }
    }

    /** Starts the broker again. @param dataLost without its database: no retained messages, no sessions */
    public void start(boolean dataLost) {
        up = true;
        if (dataLost) {
            store.clear();
            sessions.clear();
        }
        for (MemoryBus bus : List.copyOf(connecting.values())) {
            execute(bus::tryToConnect);
        }
    }

    /** Cuts a client's connection; the broker publishes its last will, and the client reconnects at once. */
    public void cut(String clientId) {
        unplug(clientId);
        plugIn(clientId);
    }

    /** Disconnects a client that has lost its network or power; the broker publishes its last will. */
    public void unplug(String clientId) {
        unplugged.add(clientId);
        MemoryBus bus = connected.get(clientId);
        if (bus != null) {
            dropConnection(clientId);
            publish(bus.will(), 1);
        }
    }

    public void plugIn(String clientId) {
        unplugged.remove(clientId);
        MemoryBus bus = connecting.get(clientId);
        if (bus != null) {
            execute(bus::tryToConnect);
        }
    }

    /** Delivers the next QoS 1 message twice, as after a lost acknowledgement. */
    public void duplicateNext() {
        duplicates++;
    }

    /**
     * Drops expired messages that wait at the clients, and reports them to their senders. Call it after time has
     * passed.
     */
    public void expireMessages() {
        for (MemoryBus bus : List.copyOf(connecting.values())) {
            bus.send();
        }
    }

    /** The retained message of a topic, with its remaining expiry. */
    public Optional<Incoming> stored(String topic) {
        return Optional.ofNullable(store.get(topic)).flatMap(held -> held.remainingAt(clock.instant()));
    }

    /** Publishes as a foreign client. @throws IllegalStateException while the broker is stopped */
    public void publish(Incoming message, int qos) {
        if (!up) {
            throw new IllegalStateException("published to a stopped broker: " + message.topic());
        }
        Subscription.check(message.topic(), qos);
        HeldMessage held = new HeldMessage(message, qos, clock.instant());
        if (message.retained() && message.payload().length == 0) {
            store.remove(message.topic());
        } else if (message.retained()) {
            store.put(message.topic(), held);
        }
        sessions.values().removeIf(session -> session.isExpired(clock.instant()));
        for (BrokerSession session : sessions.values()) {
            Subscription subscription = session.subscriptions.get(message.topic());
            if (subscription != null) {
                // Retain As Published, MQTT 5, 3.8.3.1.
                boolean retained = message.retained() && subscription.commandTopic();
                session.send(held.with(retained, Math.min(qos, subscription.qos())));
            }
        }
    }

    boolean connect(MemoryBus bus) {
        String client = bus.clientId();
        MemoryBus previous = connecting.put(client, bus);
        if (previous != null && previous != bus) {
            previous.onTakenOver();
            if (connected.containsKey(client)) {
                dropConnection(client);
                publish(previous.will(), 1);
            }
        }
        if (!up || unplugged.contains(client) || connected.containsKey(client)) {
            return connected.get(client) == bus;
        }
        Instant now = clock.instant();
        sessions.computeIfPresent(client, (name, session) -> session.isExpired(now) ? null : session);
        connected.put(client, bus);
        sessions.computeIfAbsent(client, BrokerSession::new).resume();
        return true;
    }

    /** Ends a client's session. */
    void disconnect(MemoryBus bus) {
        if (connecting.remove(bus.clientId(), bus)) {
            connected.remove(bus.clientId());
            sessions.remove(bus.clientId());
        }
    }

    void subscribe(String client, Subscription subscription) {
        BrokerSession session = session(client);
        session.subscriptions.put(subscription.topic(), subscription);
        HeldMessage held = store.get(subscription.topic());
        if (held != null && !subscription.commandTopic()) {
            session.send(held.with(true, Math.min(held.qos, subscription.qos())));
        }
    }

    void unsubscribe(String client, String topic) {
        session(client).subscriptions.remove(topic);
    }

    /** Runs a task soon, after the current one and those added before. */
    void execute(Runnable task) {
        deliver.execute(task);
    }

    /** Delivers a message to a listener, which must not wait for the bus meanwhile. */
    void deliverTo(SubscriptionListener listener, Incoming message) {
        delivering = true;
        listener.deliver(message);
        delivering = false;
    }

    void requireOtherThread(Duration timeout) {
        if (delivering && !timeout.isZero()) {
            throw new IllegalStateException("a listener must not wait for the bus: call it with a zero timeout");
        }
    }

    private void dropConnection(String client) {
        MemoryBus bus = connected.remove(client);
        session(client).awaySince = clock.instant();
        if (bus != null) {
            bus.onConnectionLost();
        }
    }

    private BrokerSession session(String client) {
        BrokerSession session = sessions.get(client);
        if (session == null) {
            throw new IllegalStateException(client + " has no session");
        }
        return session;
    }

    /** The session of a client, connected or not. */
    private final class BrokerSession {
        private final String client;
        private final Map<String, Subscription> subscriptions = new HashMap<>();
        private final Deque<HeldMessage> queue = new ArrayDeque<>();
        private Instant awaySince = Instant.MAX;

        BrokerSession(String client) {
            this.client = client;
        }

        boolean isExpired(Instant now) {
            return !awaySince.equals(Instant.MAX)
                    && !now.isBefore(awaySince.plus(timeScale.toSimulated(SESSION_EXPIRY)));
        }

        void resume() {
            awaySince = Instant.MAX;
            List<HeldMessage> waiting = new ArrayList<>(queue);
            queue.clear();
            waiting.forEach(this::send);
        }

        void send(HeldMessage held) {
            boolean twice = held.qos == 1 && duplicates > 0;
            duplicates -= twice ? 1 : 0;
            for (int times = twice ? 2 : 1; times > 0; times--) {
                execute(() -> deliver(held));
            }
        }

        /** Delivers to a connected client, otherwise queues the message. */
        private void deliver(HeldMessage held) {
            MemoryBus bus = connected.get(client);
            if (bus != null && sessions.get(client) == this) {
                held.remainingAt(clock.instant()).ifPresent(bus::onMessage);
            } else if (held.qos > 0 && queue.size() < MAX_QUEUE) {
                queue.add(held);
            }
        }
    }

    /** A message that the broker holds; its expiry counts down in whole real seconds. */
    private final class HeldMessage {
        private final Incoming message;
        private final int qos;
        private final Instant since;

        HeldMessage(Incoming message, int qos, Instant since) {
            this.message = message;
            this.qos = qos;
            this.since = since;
        }

        HeldMessage with(boolean retained, int loweredQos) {
            Incoming changed = new Incoming(
                    message.topic(), message.payload(), retained, message.lifetimeS(), message.remainingS());
            return new HeldMessage(changed, loweredQos, since);
        }

        /** Empty if the message has expired. */
        Optional<Incoming> remainingAt(Instant now) {
            if (message.remainingS() == Incoming.ABSENT) {
                return Optional.of(message);
            }
            long remaining = message.remainingS()
                    - timeScale.toReal(Duration.between(since, now)).toSeconds();
            return remaining <= 0
                    ? Optional.empty()
                    : Optional.of(new Incoming(
                            message.topic(), message.payload(), message.retained(), message.lifetimeS(), remaining));
        }
    }
}
