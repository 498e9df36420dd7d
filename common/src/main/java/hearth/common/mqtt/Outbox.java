package hearth.common.mqtt;

import hearth.common.value.Pace;
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
 * of an unsent one on its topic. At most {@link #MOST_IN_FLIGHT} are under way. When the connection is lost, what was
 * under way goes back to the head of the line with the life that is left. What has outlived its life, and the oldest
 * announcement of too many, is dropped and counted.
 *
 * <p>Not safe for several threads. What a sender is told must not lead straight back in here.
 */
final class Outbox {

    static final int MOST_IN_FLIGHT = 16;
    static final int MOST_ANNOUNCEMENTS = 256;

    /** Ten times what the largest node has; beyond it the state that was said longest ago is forgotten. */
    static final int MOST_STATES = 256;

    private final InstantSource clock;
    private final Pace pace;

    /** The latest of each topic, sent or not, in the order they were said. */
    private final Map<String, Letter> states = new LinkedHashMap<>();

    /** By topic for states, so that a newer one takes the place; by itself for announcements. */
    private Map<Object, Letter> line = new LinkedHashMap<>();

    private final Set<Letter> inFlight = new LinkedHashSet<>();
    private boolean connected;
    private long dropped;

    Outbox(InstantSource clock, Pace pace) {
        this.clock = clock;
        this.pace = pace;
    }

    void add(Outgoing message, Consumer<Boolean> settled) {
        Instant now = clock.instant();
        Letter letter = new Letter(message, now, settled);
        if (letter.isOver(now)) {
            drop(letter);
        } else if (message.retained()) {
            addState(letter);
        } else {
            addAnnouncement(letter);
        }
    }

    /** From now on there is something to send over: every state that is still so is sent, whether it was before or not. */
    void connected() {
        connected = true;
        dropOld(); // First, or a state that was sent in time would be counted as dropped.
        Map<Object, Letter> all = new LinkedHashMap<>(states);
        all.keySet().removeAll(line.keySet());
        all.putAll(line);
        line = all;
    }

    /** Every state that is not about to be sent anyway goes to the end of the line. */
    void sayAgain() {
        states.forEach((topic, letter) -> {
            if (!inFlight.contains(letter)) {
                line.putIfAbsent(topic, letter);
            }
        });
    }

    void lost() {
        connected = false;
        Map<Object, Letter> all = new LinkedHashMap<>();
        for (Letter letter : inFlight) {
            if (isOutdated(letter)) {
                letter.tell(false);
            } else {
                all.put(key(letter), letter);
            }
        }
        inFlight.clear();
        all.putAll(line);
        line = all;
        dropOld();
    }

    /** The next to be sent now; it is under way then. Empty if none may be. */
    Optional<Letter> next() {
        dropOld();
        if (!connected || inFlight.size() >= MOST_IN_FLIGHT || line.isEmpty()) {
            return Optional.empty();
        }
        Iterator<Letter> waiting = line.values().iterator();
        Letter letter = waiting.next();
        waiting.remove();
        inFlight.add(letter);
        return Optional.of(letter);
    }

    Incoming onTheWire(Letter letter) {
        return letter.onTheWire(clock.instant(), pace);
    }

    void acknowledged(Letter letter) {
        if (inFlight.remove(letter)) {
            letter.tell(true);
        }
    }

    /** The broker will not have it: asking again on this connection would be the same again. */
    void refused(Letter letter) {
        if (inFlight.remove(letter)) {
            drop(letter);
        }
    }

    /**
     * The connection is about to be lost over something that was sent: the one that is under way longest, as answers come
     * in order. The second time it is that one it is dropped; otherwise it would end every connection to come.
     */
    void suspectOldest() {
        oldestInFlight().filter(Letter::isSuspectedAgain).ifPresent(letter -> {
            refused(letter);
        });
    }

    /** Drops what has outlived its life. */
    void dropOld() {
        Instant now = clock.instant();
        states.values().removeIf(letter -> letter.isOver(now));
        dropIf(letter -> letter.isOver(now));
    }

    /** When the next in line will have outlived its life; {@link Instant#MAX} for never. */
    Instant wakeAt() {
        return line.values().stream()
                .map(letter -> letter.message().until())
                .min(Instant::compareTo)
                .orElse(Instant.MAX);
    }

    /** There will be no more sending: all senders that wait for an answer get it. */
    void close() {
        connected = false;
        List<Letter> left = new ArrayList<>(inFlight);
        left.addAll(line.values());
        inFlight.clear();
        line.clear();
        states.clear();
        left.forEach(this::drop);
    }

    boolean isEmpty() {
        return line.isEmpty() && inFlight.isEmpty();
    }

    /** The one that is under way longest. */
    Optional<Letter> oldestInFlight() {
        return inFlight.stream().findFirst();
    }

    long queued() {
        return (long) line.size() + inFlight.size();
    }

    long dropped() {
        return dropped;
    }

    private void addState(Letter letter) {
        String topic = letter.message().topic();
        states.remove(topic); // Or it would keep its old place in the order.
        states.put(topic, letter);
        Letter unsent = line.put(topic, letter);
        if (unsent != null) {
            unsent.tell(false);
        }
        if (states.size() > MOST_STATES) {
            String oldest = states.keySet().iterator().next();
            states.remove(oldest);
            dropIf(waiting -> key(waiting).equals(oldest));
        }
    }

    private void addAnnouncement(Letter letter) {
        List<Letter> announcements = line.values().stream()
                .filter(waiting -> !waiting.message().retained())
                .toList();
        if (announcements.size() >= MOST_ANNOUNCEMENTS) {
            Letter oldest = announcements.get(0);
            dropIf(waiting -> waiting == oldest);
        }
        line.put(letter, letter);
    }

    private void dropIf(Predicate<Letter> isToGo) {
        if (line.isEmpty()) {
            return; // As it is, mostly.
        }
        List<Letter> gone = line.values().stream().filter(isToGo).toList();
        line.values().removeAll(gone);
        gone.forEach(this::drop);
    }

    private void drop(Letter letter) {
        dropped++;
        letter.tell(false);
    }

    /** A state that was under way while a newer one was said. */
    private boolean isOutdated(Letter letter) {
        return letter.message().retained() && states.get(letter.message().topic()) != letter;
    }

    private static Object key(Letter letter) {
        return letter.message().retained() ? letter.message().topic() : letter;
    }
}
