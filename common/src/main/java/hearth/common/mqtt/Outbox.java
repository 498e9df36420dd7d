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
 * What is to be sent, and what has been and may have to be sent once more. The only queue there is between a node and
 * its broker; it keeps the books and sends nothing itself.
 *
 * <p>States and announcements wait in one line, in the order they were handed over, except that a state takes the place
 * of an unsent one on its topic. At most {@link #MAX_IN_FLIGHT} are under way. When the connection is lost, what was
 * under way goes back to the head of the line with the life that is left. What has outlived its life, and the oldest
 * announcement of too many, is dropped and counted.
 *
 * <p>Not safe for several threads. What a sender is told must not lead straight back in here.
 */
final class Outbox {

    static final int MAX_IN_FLIGHT = 16;
    static final int MAX_ANNOUNCEMENTS = 256;

    /** Ten times what the largest node has; beyond it the state that was said longest ago is forgotten. */
    static final int MAX_STATES = 256;

    private final InstantSource clock;
    private final TimeScale timeScale;

    /** The latest of each topic, sent or not, in the order they were said. */
    private final Map<String, OutboxEntry> states = new LinkedHashMap<>();

    /** By topic for states, so that a newer one takes the place; by itself for announcements. */
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

    /** From now on there is something to send over: every state that is still so is sent, whether it was before or not. */
    void connected() {
        connected = true;
        dropExpired(); // First, or a state that was sent in time would be counted as dropped.
        Map<Object, OutboxEntry> all = new LinkedHashMap<>(states);
        all.keySet().removeAll(queue.keySet());
        all.putAll(queue);
        queue = all;
    }

    /** Every state that is not about to be sent anyway goes to the end of the line. */
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

    /** The next to be sent now; it is under way then. Empty if none may be. */
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

    /** The broker will not have it: asking again on this connection would be the same again. */
    void rejected(OutboxEntry entry) {
        if (inFlight.remove(entry)) {
            drop(entry);
        }
    }

    /**
     * The connection is about to be lost over something that was sent: the one that is under way longest, as answers come
     * in order. The second time it is that one it is dropped; otherwise it would end every connection to come.
     */
    void dropOldestIfRepeated() {
        oldestInFlight().filter(OutboxEntry::markSuspect).ifPresent(entry -> {
            rejected(entry);
        });
    }

    /** Drops what has outlived its life. */
    void dropExpired() {
        Instant now = clock.instant();
        states.values().removeIf(entry -> entry.isExpired(now));
        dropIf(entry -> entry.isExpired(now));
    }

    /** When the next in line will have outlived its life; {@link Instant#MAX} for never. */
    Instant wakeAt() {
        return queue.values().stream()
                .map(entry -> entry.message().expiresAt())
                .min(Instant::compareTo)
                .orElse(Instant.MAX);
    }

    /** There will be no more sending: all senders that wait for an answer get it. */
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

    /** The one that is under way longest. */
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
        states.remove(topic); // Or it would keep its old place in the order.
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
            return; // As it is, mostly.
        }
        List<OutboxEntry> removed = queue.values().stream().filter(condition).toList();
        queue.values().removeAll(removed);
        removed.forEach(this::drop);
    }

    private void drop(OutboxEntry entry) {
        dropped++;
        entry.settle(false);
    }

    /** A state that was under way while a newer one was said. */
    private boolean isSuperseded(OutboxEntry entry) {
        return entry.message().retained() && states.get(entry.message().topic()) != entry;
    }

    private static Object key(OutboxEntry entry) {
        return entry.message().retained() ? entry.message().topic() : entry;
    }
}
