package hearth.common.mqtt;

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
 * <p>Each connection is a {@link MqttConnection} of its own: the broker is reached, the subscriptions are made, {@code online} is
 * said, the {@link Outbox} runs; when the connection is lost, all of that begins anew. Everything happens on one thread.
 */
public final class HiveMqBus implements Bus {

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
    private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
    private volatile Counts counts = new Counts(false, 0, 0, 0);

    // From here on: the bus's thread only.
    private final Map<String, SubscriptionListener> listeners = new LinkedHashMap<>();
    private final Set<String> pendingUnsubscribes = new HashSet<>();
    private final Set<String> warnings = new HashSet<>();
    private final Outbox outbox;
    private @Nullable MqttConnection link;
    private boolean reached;
    private boolean online;
    private boolean started;
    private boolean ending;
    private boolean offlinePublished;
    private boolean statusInFlight;
    private boolean statusOverwritten;
    private int attempts;
    private long connections;
    private Instant wakeAt = Instant.MAX;
    private BusThread.ScheduledTask expiryTimer = () -> {};
    private BusThread.ScheduledTask onlineTimeout = () -> {};
    private Optional<OutboxEntry> oldestUnacknowledged = Optional.empty();

    /**
     * @param brokers     {@code mqtt} or {@code mqtts} (host name checked), tried by turns, the first one first
     * @param identity    shown to each of them
     * @param statusTopic where {@code online} and {@code offline} are said
     * @param clock       the house's time; lives are counted by it
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
    public boolean connect(Duration patience) {
        requireOtherThread(patience);
        thread.execute(() -> {
            if (!started) {
                started = true;
                attempt();
            }
        });
        return await(established, patience);
    }

    @Override
    public void disconnect(Duration patience) {
        requireOtherThread(patience);
        thread.execute(() -> end(patience));
        if (!await(ended, patience)) {
            thread.execute(this::ended);
        }
    }

    @Override
    public boolean subscribe(Subscription subscription, Consumer<Incoming> listener, Duration patience) {
        requireOtherThread(patience);
        CompletableFuture<Boolean> live = new CompletableFuture<>();
        thread.execute(() -> {
            listeners.put(subscription.topic(), new SubscriptionListener(subscription, listener));
            pendingUnsubscribes.remove(subscription.topic());
            MqttConnection now = link;
            if (now == null || !reached) {
                live.complete(false);
            } else {
                now.subscribe(List.of(subscription), live::complete);
            }
        });
        return await(live, patience);
    }

    @Override
    public boolean unsubscribe(String topic, Duration patience) {
        requireOtherThread(patience);
        CompletableFuture<Boolean> gone = new CompletableFuture<>();
        thread.execute(() -> {
            listeners.remove(topic);
            MqttConnection now = link;
            if (topic.equals(statusTopic)) {
                gone.complete(online); // We go on listening to that one for ourselves.
            } else if (now == null || !reached) {
                pendingUnsubscribes.add(topic);
                gone.complete(false);
            } else {
                now.unsubscribe(List.of(topic), gone::complete);
            }
        });
        return await(gone, patience);
    }

    @Override
    public void publish(Outgoing message, Consumer<Boolean> settled) {
        thread.execute(() -> {
            outbox.add(message, delivered -> notifySettled(settled, delivered));
            if (ended.isDone()) {
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

    private void attempt() {
        if (ending) {
            return;
        }
        URI broker = brokers.get(attempts++ % brokers.size());
        MqttConnection fresh = new MqttConnection(
                broker,
                identity,
                clientId,
                statusTopic,
                runId,
                timeouts,
                thread,
                this::onMessage,
                this::onDisconnected);
        link = fresh;
        onlineTimeout = thread.after(
                timeouts.online(), () -> abandonConnection(fresh, "not online within " + seconds(timeouts.online())));
        fresh.connect(hadSession -> {
            if (fresh == link) {
                reached(fresh, hadSession);
            }
        });
    }

    private void reached(MqttConnection now, boolean hadSession) {
        reached = true;
        if (hadSession && !pendingUnsubscribes.isEmpty()) {
            now.unsubscribe(List.copyOf(pendingUnsubscribes), answered -> {});
        }
        pendingUnsubscribes.clear();
        List<Subscription> wishes = new ArrayList<>();
        wishes.add(new Subscription(statusTopic, 1, false)); // To hear of last wills: our own, or of one with our name.
        listeners.values().forEach(each -> wishes.add(each.subscription()));
        now.subscribe(wishes, answered -> {
            if (answered && now == link) {
                publishOnline(now);
            }
        });
    }

    private void publishOnline(MqttConnection now) {
        statusInFlight = true;
        statusOverwritten = false;
        now.publishStatus("online", answer -> {
            if (now != link || answer == MqttConnection.PublishOutcome.UNKNOWN) {
                return;
            }
            statusInFlight = false;
            if (!online) {
                online(now);
            }
            if (statusOverwritten && !ending) {
                publishOnline(now);
            }
        });
    }

    private void online(MqttConnection now) {
        online = true;
        onlineTimeout.cancel();
        attempts = 0;
        connections++;
        warnings.clear();
        Logger.info("connected to {}", now.address());
        thread.after(timeouts.stable(), () -> {
            if (now == link) {
                backoff.reset();
            }
        });
        thread.after(timeouts.afterTakeover().multipliedBy(2), now::clearDuplicateClient);
        oldestUnacknowledged = Optional.empty();
        thread.after(timeouts.acknowledgement(), () -> checkAcknowledgements(now));
        outbox.connected();
        send();
        established.complete(true);
    }

    /** The one way on after any kind of trouble; only the present link's counts, and only once. */
    private void onDisconnected(MqttConnection which, Throwable cause) {
        if (which != link) {
            return;
        }
        boolean wasOnline = online;
        onlineTimeout.cancel();
        link = null;
        reached = false;
        online = false;
        statusInFlight = false;
        if (MqttConnection.isProtocolError(cause)) {
            outbox.dropOldestIfRepeated();
        }
        outbox.disconnected();
        send();
        if (ending) {
            ended();
            return;
        }
        // Having had the name, and finding in store what another said under it, is as good as being told. On the first
        // connection it is what our own last run left.
        boolean takeover = MqttConnection.isTakeover(cause) || (connections > 1 && which.duplicateClientSeen());
        Duration delay = takeover ? timeouts.afterTakeover() : backoff.next();
        if (takeover) {
            Logger.warn(
                    "another client has connected to {} as {}: node.name must be given once; trying again in {} s",
                    which.address(),
                    clientId,
                    delay.toSeconds());
        } else {
            warnOnce((wasOnline ? "lost " : "no connection to ") + which.address() + ": " + which.reason(cause));
        }
        thread.after(delay, this::attempt);
    }

    private void abandonConnection(MqttConnection which, String why) {
        if (which == link) {
            which.disconnectWithWill();
            onDisconnected(which, new TimeoutException(why));
        }
    }

    private void onMessage(Incoming message) {
        if (ended.isDone()) {
            return;
        }
        boolean live = !message.retained(); // What is in store ends with our being online anyway.
        if (live && message.topic().equals(statusTopic) && "offline".equals(text(message)) && !ending) {
            statusOverwritten = true;
            MqttConnection now = link;
            if (online && !statusInFlight && now != null) {
                publishOnline(now);
            }
        }
        SubscriptionListener to = listeners.get(message.topic());
        if (to != null) {
            to.deliver(message);
        }
    }

    /** Sends what may be sent, drops what is too old, and sees to it that this happens again when it has to. */
    private void send() {
        outbox.dropExpired();
        MqttConnection now = link;
        if (now != null && online && !offlinePublished) {
            for (Optional<OutboxEntry> next = outbox.next(); next.isPresent(); next = outbox.next()) {
                send(now, next.get());
            }
        }
        counts = new Counts(online, connections, outbox.queued(), outbox.dropped());
        scheduleExpiry();
        if (ending && outbox.isEmpty()) {
            publishOffline();
        }
    }

    private void send(MqttConnection now, OutboxEntry entry) {
        now.publish(outbox.toIncoming(entry), entry.message().qos(), answer -> {
            if (now != link) {
                return; // It has gone back in line.
            }
            switch (answer) {
                case ACKNOWLEDGED -> outbox.acknowledged(entry);
                case REFUSED -> outbox.rejected(entry);
                case UNKNOWN -> {} // News of the lost connection is under way, or a look for answers will end it.
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
            Duration bounded = delay.compareTo(Duration.ofDays(1)) < 0 ? delay : Duration.ofDays(1);
            expiryTimer = thread.after(bounded, () -> {
                wakeAt = Instant.MAX;
                send();
            });
        }
    }

    /** A broker may answer pings and nothing else. */
    private void checkAcknowledgements(MqttConnection now) {
        if (now != link) {
            return;
        }
        Optional<OutboxEntry> oldest = outbox.oldestInFlight();
        if (oldest.isPresent() && oldest.equals(oldestUnacknowledged)) {
            abandonConnection(now, "no acknowledgement within " + seconds(timeouts.acknowledgement()));
        } else {
            oldestUnacknowledged = oldest;
            thread.after(timeouts.acknowledgement(), () -> checkAcknowledgements(now));
        }
    }

    private void end(Duration patience) {
        if (ending) {
            return;
        }
        ending = true;
        started = true;
        if (online) {
            thread.after(
                    patience.dividedBy(2), this::publishOffline); // Half for what is in hand, half for the goodbye.
            send();
        } else {
            ended();
        }
    }

    private void publishOffline() {
        MqttConnection now = link;
        if (offlinePublished || now == null || ended.isDone()) {
            return;
        }
        offlinePublished = true;
        now.publishStatus("offline", answer -> {
            if (now == link) {
                now.close(this::ended);
            }
        });
    }

    /** Whatever is still open is cut, and the broker says {@code offline} for us. */
    private void ended() {
        ending = true;
        MqttConnection now = link;
        link = null;
        if (now != null) {
            now.disconnectWithWill();
        }
        online = false;
        outbox.close();
        counts = new Counts(online, connections, outbox.queued(), outbox.dropped());
        ended.complete(true);
    }

    private void warnOnce(String about) {
        if (warnings.add(about)) {
            Logger.warn("{}; trying again until it is there", about);
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
            Logger.error(bug, "whoever waited for a message to be settled failed");
        }
    }

    /** On its own thread the bus would wait for itself. */
    private void requireOtherThread(Duration patience) {
        if (!patience.isZero() && thread.isCurrent()) {
            throw new IllegalStateException("a listener must not wait for the bus: call it with no patience");
        }
    }

    private static boolean await(CompletableFuture<Boolean> answer, Duration patience) {
        try {
            return answer.get(patience.toNanos(), TimeUnit.NANOSECONDS);
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
