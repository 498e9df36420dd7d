package hearth.common.mqtt;

import hearth.common.value.TimeScale;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The messages that wait to be sent, and those sent but not acknowledged. It is the only queue between a node and its
 * broker. It does not send by itself.
 *
 * <p>States and announcements wait in one queue, in the order in which they were added, except that a state replaces an
 * unsent one on its topic. At most {@link #MAX_IN_FLIGHT} messages are in flight. When the connection is lost, the
 * messages in flight go back to the head of the queue with their remaining expiry. Expired messages, and the oldest
 * announcement if there are too many, are dropped and counted.
 *
 * <p>Not thread-safe. A {@code settled} callback must not call the outbox directly.
 */
final class Outbox {

    static final int MAX_IN_FLIGHT = 16;
    static final int MAX_ANNOUNCEMENTS = 256;

    /** Ten times the number of the largest node; with more, the oldest state is dropped. */
    static final int MAX_STATES = 256;

    private final InstantSource clock;
    private final TimeScale timeScale;

    /** The latest state of each topic, sent or not, in the order of publishing. */
    private final Map<String, OutboxEntry> states = new LinkedHashMap<>();

    /**
     * The key is the topic for states, so that a newer state replaces an older one, and the entry itself for
     * announcements.
     */
    private Map<Object, OutboxEntry> queue = new LinkedHashMap<>();

    private final Set<OutboxEntry> inFlight = new LinkedHashSet<>();
    private boolean connected;
    private long dropped;

    Outbox(InstantSource clock, TimeScale timeScale) {
        this.clock = clock;
        this.timeScale = timeScale;
    }

    void add(Outgoing message, Consumer<Boolean> settled) {
        Instant now = clock.instant();
        OutboxEntry entry = new OutboxEntry(message, now, settled);
        if (entry.isExpired(now)) {
            drop(entry);
        } else if (message.retained()) {
            addState(entry);
        } else {
            addAnnouncement(entry);
        }
    }

    /** There is a connection: every valid state is queued, even if it was sent before. */
    void connected() {
        connected = true;
        dropExpired(); // First, or a state that was sent in time would be counted as dropped.
        Map<Object, OutboxEntry> all = new LinkedHashMap<>(states);
        all.keySet().removeAll(queue.keySet());
        all.putAll(queue);
        queue = all;
    }

    /** Queues every state that is not queued or in flight already. */
    void republishAll() {
        states.forEach((topic, entry) -> {
            if (!inFlight.contains(entry)) {
                queue.putIfAbsent(topic, entry);
            }
        });
    }

    void disconnected() {
        connected = false;
        Map<Object, OutboxEntry> all = new LinkedHashMap<>();
        for (OutboxEntry entry : inFlight) {
            if (isSuperseded(entry)) {
                entry.settle(false);
            } else {
                all.put(key(entry), entry);
            }
        }
        inFlight.clear();
        all.putAll(queue);
        queue = all;
        dropExpired();
    }

    /** The next message to send; it is in flight from now on. Empty if no message may be sent. */
    Optional<OutboxEntry> next() {
        dropExpired();
        if (!connected || inFlight.size() >= MAX_IN_FLIGHT || queue.isEmpty()) {
            return Optional.empty();
        }
        Iterator<OutboxEntry> waiting = queue.values().iterator();
        OutboxEntry entry = waiting.next();
        waiting.remove();
        inFlight.add(entry);
        return Optional.of(entry);
    }

    Incoming toIncoming(OutboxEntry entry) {
        return entry.toIncoming(clock.instant(), timeScale);
    }

    void acknowledged(OutboxEntry entry) {
        if (inFlight.remove(entry)) {
            entry.settle(true);
        }
    }

    /** The broker refused the message; a retry on this connection would be refused too. */
    void rejected(OutboxEntry entry) {
        if (inFlight.remove(entry)) {
            drop(entry);
        }
    }

    /**
     * The connection ends because of a message. It is the oldest in flight, because answers arrive in order. The second
     * time that this message ends a connection, it is dropped; otherwise it would end every connection.
     */
    void dropOldestIfRepeated() {
        oldestInFlight().filter(OutboxEntry::markSuspect).ifPresent(entry -> {
            rejected(entry);
        });
    }

    /** Drops expired messages. */
    void dropExpired() {
        Instant now = clock.instant();
        states.values().removeIf(entry -> entry.isExpired(now));
        dropIf(entry -> entry.isExpired(now));
    }

    /** The earliest expiry of a queued message; {@link Instant#MAX} for none. */
    Instant wakeAt() {
        return queue.values().stream()
                .map(entry -> entry.message().expiresAt())
                .min(Instant::compareTo)
                .orElse(Instant.MAX);
    }

    /** Ends sending; all unsettled messages are reported as not delivered. */
    void close() {
        connected = false;
        List<OutboxEntry> unsettled = new ArrayList<>(inFlight);
        unsettled.addAll(queue.values());
        inFlight.clear();
        queue.clear();
        states.clear();
        unsettled.forEach(this::drop);
    }

    boolean isEmpty() {
        return queue.isEmpty() && inFlight.isEmpty();
    }

    /** The oldest message in flight. */
    Optional<OutboxEntry> oldestInFlight() {
        return inFlight.stream().findFirst();
    }

    long queued() {
        return (long) queue.size() + inFlight.size();
    }

    long dropped() {
        return dropped;
    }

    private void addState(OutboxEntry entry) {
        String topic = entry.message().topic();
        states.remove(topic); // Otherwise it would keep its old position.
        states.put(topic, entry);
        OutboxEntry unsent = queue.put(topic, entry);
        if (unsent != null) {
            unsent.settle(false);
        }
        if (states.size() > MAX_STATES) {
            String oldest = states.keySet().iterator().next();
            states.remove(oldest);
            dropIf(waiting -> key(waiting).equals(oldest));
        }
    }

    private void addAnnouncement(OutboxEntry entry) {
        List<OutboxEntry> announcements = queue.values().stream()
                .filter(waiting -> !waiting.message().retained())
                .toList();
        if (announcements.size() >= MAX_ANNOUNCEMENTS) {
            OutboxEntry oldest = announcements.get(0);
            dropIf(waiting -> waiting == oldest);
        }
        queue.put(entry, entry);
    }

    private void dropIf(Predicate<OutboxEntry> condition) {
        if (queue.isEmpty()) {
            return; // The usual case.
        }
        List<OutboxEntry> removed = queue.values().stream().filter(condition).toList();
        queue.values().removeAll(removed);
        removed.forEach(this::drop);
    }

    private void drop(OutboxEntry entry) {
        dropped++;
        entry.settle(false);
    }

    /** A state for which a newer one was published while it was in flight. */
    private boolean isSuperseded(OutboxEntry entry) {
        return entry.message().retained() && states.get(entry.message().topic()) != entry;
    }

    private static Object key(OutboxEntry entry) {
        return entry.message().retained() ? entry.message().topic() : entry;
    }
}
