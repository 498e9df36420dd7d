package hearth.common.mqtt;

import hearth.common.value.Pace;
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
 * <p>Each connection is a {@link Link} of its own: the broker is reached, the subscriptions are made, {@code online} is
 * said, the {@link Outbox} runs; when the connection is lost, all of that begins anew. Everything happens on one thread.
 */
public final class HiveMqBus implements Bus {

    private final List<URI> brokers;
    private final Identity identity;
    private final String clientId;
    private final String statusTopic;
    private final String run = UUID.randomUUID().toString();
    private final InstantSource clock;
    private final Pace pace;
    private final Backoff backoff;
    private final Patience waits;
    private final BusThread thread;
    private final CompletableFuture<Boolean> established = new CompletableFuture<>();
    private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
    private volatile Counts counts = new Counts(false, 0, 0, 0);

    // From here on: the bus's thread only.
    private final Map<String, Listening> listening = new LinkedHashMap<>();
    private final Set<String> notAnyMore = new HashSet<>();
    private final Set<String> complaints = new HashSet<>();
    private final Outbox outbox;
    private @Nullable Link link;
    private boolean reached;
    private boolean online;
    private boolean started;
    private boolean ending;
    private boolean goodbyeSaid;
    private boolean statusUnderWay;
    private boolean contradicted;
    private int attempts;
    private long connections;
    private Instant wakeAt = Instant.MAX;
    private BusThread.Alarm wake = () -> {};
    private BusThread.Alarm tooLate = () -> {};
    private Optional<Letter> unanswered = Optional.empty();

    /**
     * @param brokers     {@code mqtt} or {@code mqtts} (host name checked), tried by turns, the first one first
     * @param identity    shown to each of them
     * @param statusTopic where {@code online} and {@code offline} are said
     * @param clock       the house's time; lives are counted by it
     */
    public HiveMqBus(
            List<URI> brokers, Identity identity, String clientId, String statusTopic, InstantSource clock, Pace pace) {
        this(brokers, identity, clientId, statusTopic, clock, pace, Backoff.standard(), Patience.STANDARD);
    }

    HiveMqBus(
            List<URI> brokers,
            Identity identity,
            String clientId,
            String statusTopic,
            InstantSource clock,
            Pace pace,
            Backoff backoff,
            Patience waits) {
        this.brokers = List.copyOf(brokers);
        this.identity = identity;
        this.clientId = clientId;
        this.statusTopic = statusTopic;
        this.clock = clock;
        this.pace = pace;
        this.backoff = backoff;
        this.waits = waits;
        this.thread = new BusThread("bus " + clientId);
        this.outbox = new Outbox(clock, pace);
    }

    @Override
    public boolean connect(Duration patience) {
        mayWait(patience);
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
        mayWait(patience);
        thread.execute(() -> end(patience));
        if (!await(ended, patience)) {
            thread.execute(this::ended);
        }
    }

    @Override
    public boolean subscribe(Subscription subscription, Consumer<Incoming> listener, Duration patience) {
        mayWait(patience);
        CompletableFuture<Boolean> live = new CompletableFuture<>();
        thread.execute(() -> {
            listening.put(subscription.topic(), new Listening(subscription, listener));
            notAnyMore.remove(subscription.topic());
            Link now = link;
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
        mayWait(patience);
        CompletableFuture<Boolean> gone = new CompletableFuture<>();
        thread.execute(() -> {
            listening.remove(topic);
            Link now = link;
            if (topic.equals(statusTopic)) {
                gone.complete(online); // We go on listening to that one for ourselves.
            } else if (now == null || !reached) {
                notAnyMore.add(topic);
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
            outbox.add(message, delivered -> tell(settled, delivered));
            if (ended.isDone()) {
                outbox.close();
            }
            send();
        });
    }

    @Override
    public void sayAgain() {
        thread.execute(() -> {
            outbox.sayAgain();
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
        Link fresh = new Link(broker, identity, clientId, statusTopic, run, waits, thread, this::hear, this::lost);
        link = fresh;
        tooLate = thread.after(
                waits.toBeOnline(), () -> giveUp(fresh, "not online within " + seconds(waits.toBeOnline())));
        fresh.open(hadSession -> {
            if (fresh == link) {
                reached(fresh, hadSession);
            }
        });
    }

    private void reached(Link now, boolean hadSession) {
        reached = true;
        if (hadSession && !notAnyMore.isEmpty()) {
            now.unsubscribe(List.copyOf(notAnyMore), answered -> {});
        }
        notAnyMore.clear();
        List<Subscription> wishes = new ArrayList<>();
        wishes.add(new Subscription(statusTopic, 1, false)); // To hear of last wills: our own, or of one with our name.
        listening.values().forEach(each -> wishes.add(each.subscription()));
        now.subscribe(wishes, answered -> {
            if (answered && now == link) {
                sayOnline(now);
            }
        });
    }

    private void sayOnline(Link now) {
        statusUnderWay = true;
        contradicted = false;
        now.publishStatus("online", answer -> {
            if (now != link || answer == Link.Answer.UNKNOWN) {
                return;
            }
            statusUnderWay = false;
            if (!online) {
                online(now);
            }
            if (contradicted && !ending) {
                sayOnline(now);
            }
        });
    }

    private void online(Link now) {
        online = true;
        tooLate.callOff();
        attempts = 0;
        connections++;
        complaints.clear();
        Logger.info("connected to {}", now.where());
        thread.after(waits.good(), () -> {
            if (now == link) {
                backoff.reset();
            }
        });
        thread.after(waits.afterTakeover().multipliedBy(2), now::forgetAnother);
        unanswered = Optional.empty();
        thread.after(waits.answers(), () -> lookForAnswers(now));
        outbox.connected();
        send();
        established.complete(true);
    }

    /** The one way on after any kind of trouble; only the present link's counts, and only once. */
    private void lost(Link which, Throwable cause) {
        if (which != link) {
            return;
        }
        boolean wasOnline = online;
        tooLate.callOff();
        link = null;
        reached = false;
        online = false;
        statusUnderWay = false;
        if (Link.isOverSomethingSent(cause)) {
            outbox.suspectOldest();
        }
        outbox.lost();
        send();
        if (ending) {
            ended();
            return;
        }
        // Having had the name, and finding in store what another said under it, is as good as being told. On the first
        // connection it is what our own last run left.
        boolean takeover = Link.isTakeover(cause) || (connections > 1 && which.foundAnother());
        Duration delay = takeover ? waits.afterTakeover() : backoff.next();
        if (takeover) {
            Logger.warn(
                    "another client has connected to {} as {}: node.name must be given once; trying again in {} s",
                    which.where(),
                    clientId,
                    delay.toSeconds());
        } else {
            complain((wasOnline ? "lost " : "no connection to ") + which.where() + ": " + which.reason(cause));
        }
        thread.after(delay, this::attempt);
    }

    private void giveUp(Link which, String why) {
        if (which == link) {
            which.abandon();
            lost(which, new TimeoutException(why));
        }
    }

    private void hear(Incoming message) {
        if (ended.isDone()) {
            return;
        }
        boolean live = !message.retained(); // What is in store ends with our being online anyway.
        if (live && message.topic().equals(statusTopic) && "offline".equals(text(message)) && !ending) {
            contradicted = true;
            Link now = link;
            if (online && !statusUnderWay && now != null) {
                sayOnline(now);
            }
        }
        Listening to = listening.get(message.topic());
        if (to != null) {
            to.hear(message);
        }
    }

    /** Sends what may be sent, drops what is too old, and sees to it that this happens again when it has to. */
    private void send() {
        outbox.dropOld();
        Link now = link;
        if (now != null && online && !goodbyeSaid) {
            for (Optional<Letter> next = outbox.next(); next.isPresent(); next = outbox.next()) {
                send(now, next.get());
            }
        }
        counts = new Counts(online, connections, outbox.queued(), outbox.dropped());
        wakeWhenTheNextIsTooOld();
        if (ending && outbox.isEmpty()) {
            sayGoodbye();
        }
    }

    private void send(Link now, Letter letter) {
        now.publish(outbox.onTheWire(letter), letter.message().qos(), answer -> {
            if (now != link) {
                return; // It has gone back in line.
            }
            switch (answer) {
                case ACKNOWLEDGED -> outbox.acknowledged(letter);
                case REFUSED -> outbox.refused(letter);
                case UNKNOWN -> {} // News of the lost connection is under way, or a look for answers will end it.
            }
            send();
        });
    }

    private void wakeWhenTheNextIsTooOld() {
        Instant next = outbox.wakeAt();
        if (next.equals(wakeAt)) {
            return;
        }
        wakeAt = next;
        wake.callOff();
        if (!next.equals(Instant.MAX)) {
            Duration delay = pace.real(Duration.between(clock.instant(), next));
            Duration bounded = delay.compareTo(Duration.ofDays(1)) < 0 ? delay : Duration.ofDays(1);
            wake = thread.after(bounded, () -> {
                wakeAt = Instant.MAX;
                send();
            });
        }
    }

    /** A broker may answer pings and nothing else. */
    private void lookForAnswers(Link now) {
        if (now != link) {
            return;
        }
        Optional<Letter> oldest = outbox.oldestInFlight();
        if (oldest.isPresent() && oldest.equals(unanswered)) {
            giveUp(now, "no acknowledgement within " + seconds(waits.answers()));
        } else {
            unanswered = oldest;
            thread.after(waits.answers(), () -> lookForAnswers(now));
        }
    }

    private void end(Duration patience) {
        if (ending) {
            return;
        }
        ending = true;
        started = true;
        if (online) {
            thread.after(patience.dividedBy(2), this::sayGoodbye); // Half for what is in hand, half for the goodbye.
            send();
        } else {
            ended();
        }
    }

    private void sayGoodbye() {
        Link now = link;
        if (goodbyeSaid || now == null || ended.isDone()) {
            return;
        }
        goodbyeSaid = true;
        now.publishStatus("offline", answer -> {
            if (now == link) {
                now.close(this::ended);
            }
        });
    }

    /** Whatever is still open is cut, and the broker says {@code offline} for us. */
    private void ended() {
        ending = true;
        Link now = link;
        link = null;
        if (now != null) {
            now.abandon();
        }
        online = false;
        outbox.close();
        counts = new Counts(online, connections, outbox.queued(), outbox.dropped());
        ended.complete(true);
    }

    private void complain(String about) {
        if (complaints.add(about)) {
            Logger.warn("{}; trying again until it is there", about);
        }
    }

    private static String seconds(Duration duration) {
        return duration.toSeconds() + " s";
    }

    private static String text(Incoming message) {
        return new String(message.payload(), StandardCharsets.UTF_8);
    }

    private static void tell(Consumer<Boolean> settled, boolean delivered) {
        try {
            settled.accept(delivered);
        } catch (RuntimeException bug) {
            Logger.error(bug, "whoever waited for a message to be settled failed");
        }
    }

    /** On its own thread the bus would wait for itself. */
    private void mayWait(Duration patience) {
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
