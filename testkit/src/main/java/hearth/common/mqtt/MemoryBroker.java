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
 * A broker and its network in one map, for tests and simulations: the same each time, and strict.
 *
 * <p>It has what a house relies on: retained messages, lives that are counted down, last wills, and sessions of 60 s for
 * clients that are away. It can be stopped, lose its memory, cut a client off and deliver twice. What it does not have:
 * wildcards, rights, and the wait before a client tries again; it does at once, as soon as it can.
 *
 * <p>For one thread: the caller's, which must also be the one that the given executor runs tasks on.
 */
public final class MemoryBroker {

    /** In real time, as all lives on the wire. */
    private static final Duration SESSION_EXPIRY = Duration.ofSeconds(60);

    /** As many as Mosquitto keeps by default; as there, the newest gives way. */
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

    /** @param deliver runs tasks in order, soon, on the caller's thread, but not while the caller still hands them over */
    public MemoryBroker(InstantSource clock, TimeScale timeScale, Executor deliver) {
        this.clock = clock;
        this.timeScale = timeScale;
        this.deliver = deliver;
    }

    /** A client of this broker, not yet connected. */
    public MemoryBus bus(String clientId, String statusTopic) {
        return bus(clientId, statusTopic, clock);
    }

    /** @param clientClock the clock of the client's machine, which may be off */
    public MemoryBus bus(String clientId, String statusTopic, InstantSource clientClock) {
        return new MemoryBus(this, clientId, statusTopic, clientClock, timeScale);
    }

    public boolean isUp() {
        return up;
    }

    /** The broker is gone, and nobody is told. */
    public void stop() {
        up = false;
        for (String client : List.copyOf(connected.keySet())) {
            dropConnection(client);
        }
    }

    /** The broker is back. @param dataLost without its database: no retained message, no session */
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

    /** A client's connection breaks; the broker says its last will, and the client tries again at once. */
    public void cut(String clientId) {
        unplug(clientId);
        plugIn(clientId);
    }

    /** A client has no network, or no power, any more; the broker says its last will. */
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

    /** The next message that is delivered with QoS 1 is delivered twice, as when an acknowledgement is lost. */
    public void duplicateNext() {
        duplicates++;
    }

    /** Time has passed: what waits at the clients and has become too old is dropped, and its senders are told. */
    public void expireMessages() {
        for (MemoryBus bus : List.copyOf(connecting.values())) {
            bus.send();
        }
    }

    /** The message in store on a topic, with what is left of its life. */
    public Optional<Incoming> stored(String topic) {
        return Optional.ofNullable(store.get(topic)).flatMap(held -> held.remainingAt(clock.instant()));
    }

    /** A foreign client publishes whatever it likes. @throws IllegalStateException while the broker is away */
    public void publish(Incoming message, int qos) {
        if (!up) {
            throw new IllegalStateException("published to a broker that is away: " + message.topic());
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
                boolean retained = message.retained() && subscription.commandTopic(); // MQTT 5, 3.8.3.1: Retain As Published.
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

    /** A client ends its session. */
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

    /** Does something soon, after what is being done and what was asked for before. */
    void execute(Runnable task) {
        deliver.execute(task);
    }

    /** Hands a message to a listener, which must not wait for anything meanwhile. */
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

    /** What the broker remembers of a client, connected or not. */
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

        /** At a client that is there, or else in its queue. */
        private void deliver(HeldMessage held) {
            MemoryBus bus = connected.get(client);
            if (bus != null && sessions.get(client) == this) {
                held.remainingAt(clock.instant()).ifPresent(bus::onMessage);
            } else if (held.qos > 0 && queue.size() < MAX_QUEUE) {
                queue.add(held);
            }
        }
    }

    /** A message in the broker's keeping, whose life runs out meanwhile in whole real seconds. */
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

        /** Empty if there is nothing left of it. */
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
