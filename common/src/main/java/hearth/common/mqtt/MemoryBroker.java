package hearth.common.mqtt;

import hearth.common.value.Pace;
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
    private static final Duration SESSION = Duration.ofSeconds(60);

    /** As many as Mosquitto keeps by default; as there, the newest gives way. */
    private static final int LONGEST_QUEUE = 1000;

    private final InstantSource clock;
    private final Pace pace;
    private final Executor deliver;

    private final Map<String, Kept> store = new HashMap<>();
    private final Map<String, Session> sessions = new LinkedHashMap<>();
    private final Map<String, MemoryBus> connected = new LinkedHashMap<>();
    private final Map<String, MemoryBus> wanting = new LinkedHashMap<>();
    private final Set<String> unplugged = new HashSet<>();
    private boolean listening;
    private boolean up = true;
    private int duplicates;

    /** @param deliver runs tasks in order, soon, on the caller's thread, but not while the caller still hands them over */
    public MemoryBroker(InstantSource clock, Pace pace, Executor deliver) {
        this.clock = clock;
        this.pace = pace;
        this.deliver = deliver;
    }

    /** A client of this broker, not yet connected. */
    public MemoryBus bus(String clientId, String statusTopic) {
        return bus(clientId, statusTopic, clock);
    }

    /** @param clients the clock of the client's machine, which may be off */
    public MemoryBus bus(String clientId, String statusTopic, InstantSource clients) {
        return new MemoryBus(this, clientId, statusTopic, clients, pace);
    }

    public boolean isUp() {
        return up;
    }

    /** The broker is gone, and nobody is told. */
    public void stop() {
        up = false;
        for (String client : List.copyOf(connected.keySet())) {
            drop(client);
        }
    }

    /** The broker is back. @param forgot without its database: no retained message, no session */
    public void start(boolean forgot) {
        up = true;
        if (forgot) {
            store.clear();
            sessions.clear();
        }
        for (MemoryBus bus : List.copyOf(wanting.values())) {
            post(bus::tryToConnect);
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
            drop(clientId);
            publish(bus.will(), 1);
        }
    }

    public void plugIn(String clientId) {
        unplugged.remove(clientId);
        MemoryBus bus = wanting.get(clientId);
        if (bus != null) {
            post(bus::tryToConnect);
        }
    }

    /** The next message that is delivered with QoS 1 is delivered twice, as when an acknowledgement is lost. */
    public void duplicateNext() {
        duplicates++;
    }

    /** Time has passed: what waits at the clients and has become too old is dropped, and its senders are told. */
    public void timePassed() {
        for (MemoryBus bus : List.copyOf(wanting.values())) {
            bus.send();
        }
    }

    /** The message in store on a topic, with what is left of its life. */
    public Optional<Incoming> stored(String topic) {
        return Optional.ofNullable(store.get(topic)).flatMap(kept -> kept.at(clock.instant()));
    }

    /** A foreign client publishes whatever it likes. @throws IllegalStateException while the broker is away */
    public void publish(Incoming message, int qos) {
        if (!up) {
            throw new IllegalStateException("published to a broker that is away: " + message.topic());
        }
        Subscription.check(message.topic(), qos);
        Kept kept = new Kept(message, qos, clock.instant());
        if (message.retained() && message.payload().length == 0) {
            store.remove(message.topic());
        } else if (message.retained()) {
            store.put(message.topic(), kept);
        }
        sessions.values().removeIf(session -> session.isOver(clock.instant()));
        for (Session session : sessions.values()) {
            Subscription wish = session.wishes.get(message.topic());
            if (wish != null) {
                boolean retained = message.retained() && wish.commands(); // MQTT 5, 3.8.3.1: Retain As Published.
                session.send(kept.as(retained, Math.min(qos, wish.qos())));
            }
        }
    }

    boolean connect(MemoryBus bus) {
        String client = bus.clientId();
        MemoryBus before = wanting.put(client, bus);
        if (before != null && before != bus) {
            before.takenOver();
            if (connected.containsKey(client)) {
                drop(client);
                publish(before.will(), 1);
            }
        }
        if (!up || unplugged.contains(client) || connected.containsKey(client)) {
            return connected.get(client) == bus;
        }
        Instant now = clock.instant();
        sessions.computeIfPresent(client, (name, session) -> session.isOver(now) ? null : session);
        connected.put(client, bus);
        sessions.computeIfAbsent(client, Session::new).resume();
        return true;
    }

    /** A client ends its session. */
    void leave(MemoryBus bus) {
        if (wanting.remove(bus.clientId(), bus)) {
            connected.remove(bus.clientId());
            sessions.remove(bus.clientId());
        }
    }

    void subscribe(String client, Subscription wish) {
        Session session = session(client);
        session.wishes.put(wish.topic(), wish);
        Kept kept = store.get(wish.topic());
        if (kept != null && !wish.commands()) {
            session.send(kept.as(true, Math.min(kept.qos, wish.qos())));
        }
    }

    void unsubscribe(String client, String topic) {
        session(client).wishes.remove(topic);
    }

    /** Does something soon, after what is being done and what was asked for before. */
    void post(Runnable task) {
        deliver.execute(task);
    }

    /** Hands a message to a listener, which must not wait for anything meanwhile. */
    void hand(Listening to, Incoming message) {
        listening = true;
        to.hear(message);
        listening = false;
    }

    void mayWait(Duration patience) {
        if (listening && !patience.isZero()) {
            throw new IllegalStateException("a listener must not wait for the bus: call it with no patience");
        }
    }

    private void drop(String client) {
        MemoryBus bus = connected.remove(client);
        session(client).awaySince = clock.instant();
        if (bus != null) {
            bus.lost();
        }
    }

    private Session session(String client) {
        Session session = sessions.get(client);
        if (session == null) {
            throw new IllegalStateException(client + " has no session");
        }
        return session;
    }

    /** What the broker remembers of a client, connected or not. */
    private final class Session {
        private final String client;
        private final Map<String, Subscription> wishes = new HashMap<>();
        private final Deque<Kept> queue = new ArrayDeque<>();
        private Instant awaySince = Instant.MAX;

        Session(String client) {
            this.client = client;
        }

        boolean isOver(Instant now) {
            return !awaySince.equals(Instant.MAX) && !now.isBefore(awaySince.plus(pace.inTheHouse(SESSION)));
        }

        void resume() {
            awaySince = Instant.MAX;
            List<Kept> waiting = new ArrayList<>(queue);
            queue.clear();
            waiting.forEach(this::send);
        }

        void send(Kept kept) {
            boolean twice = kept.qos == 1 && duplicates > 0;
            duplicates -= twice ? 1 : 0;
            for (int times = twice ? 2 : 1; times > 0; times--) {
                post(() -> arrive(kept));
            }
        }

        /** At a client that is there, or else in its queue. */
        private void arrive(Kept kept) {
            MemoryBus bus = connected.get(client);
            if (bus != null && sessions.get(client) == this) {
                kept.at(clock.instant()).ifPresent(bus::hear);
            } else if (kept.qos > 0 && queue.size() < LONGEST_QUEUE) {
                queue.add(kept);
            }
        }
    }

    /** A message in the broker's keeping, whose life runs out meanwhile in whole real seconds. */
    private final class Kept {
        private final Incoming message;
        private final int qos;
        private final Instant since;

        Kept(Incoming message, int qos, Instant since) {
            this.message = message;
            this.qos = qos;
            this.since = since;
        }

        Kept as(boolean retained, int lowered) {
            Incoming changed =
                    new Incoming(message.topic(), message.payload(), retained, message.lifetimeS(), message.leftS());
            return new Kept(changed, lowered, since);
        }

        /** Empty if there is nothing left of it. */
        Optional<Incoming> at(Instant now) {
            if (message.leftS() == Incoming.ABSENT) {
                return Optional.of(message);
            }
            long left =
                    message.leftS() - pace.real(Duration.between(since, now)).toSeconds();
            return left <= 0
                    ? Optional.empty()
                    : Optional.of(new Incoming(
                            message.topic(), message.payload(), message.retained(), message.lifetimeS(), left));
        }
    }
}
