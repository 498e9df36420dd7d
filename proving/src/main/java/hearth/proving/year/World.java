package hearth.proving.year;

import hearth.common.mqtt.Incoming;
import hearth.common.mqtt.MemoryBroker;
import hearth.common.value.TimeScale;
import hearth.proving.journal.Entry;
import hearth.proving.journal.Event;
import hearth.testkit.VirtualTimers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.function.Consumer;

/** What all in the house share: time, the broker, the network, chance, and the journal. */
final class World {

    static final String PREFIX = "home";
    static final Instant BEGIN = Instant.parse("2030-01-01T00:00:00Z");

    private static final Duration BROKER_LOOKS = Duration.ofSeconds(30);

    private final long seed;
    private final Consumer<Entry> journal;
    private final VirtualTimers timers = new VirtualTimers(BEGIN);
    private final MemoryBroker broker = new MemoryBroker(timers.clock(), TimeScale.REAL_TIME, timers.worker("broker"));
    private final Network network;

    World(long seed, Consumer<Entry> journal) {
        this.seed = seed;
        this.journal = journal;
        this.network = new Network(chance("network"));
        timers.every("broker", BROKER_LOOKS, broker::expireMessages);
    }

    /** A source of chance of its own, so that another draw in one place leaves all others as they were. */
    Random chance(String forWhat) {
        return new Random(seed * 1_000_003 + forWhat.hashCode());
    }

    VirtualTimers timers() {
        return timers;
    }

    MemoryBroker broker() {
        return broker;
    }

    Network network() {
        return network;
    }

    Instant now() {
        return timers.clock().instant();
    }

    Duration age() {
        return Duration.between(BEGIN, now());
    }

    void after(Duration wait, Runnable task) {
        timers.at(now().plus(wait), task);
    }

    void note(String node, Event event) {
        journal.accept(new Entry(age(), node, event));
    }

    void mishap(String kind, String detail) {
        note("", new Event.Mishap(kind, detail));
    }

    /** Somebody publishes with QoS 1; in vain while the broker is away. @param leftS its life; negative for no end */
    void publish(String topic, String payload, boolean retained, long leftS) {
        if (broker.isUp()) {
            byte[] bytes = payload.getBytes(StandardCharsets.ISO_8859_1);
            broker.publish(new Incoming(PREFIX + "/" + topic, bytes, retained, Incoming.ABSENT, leftS), 1);
        }
    }

    /** What the broker has in store; empty for nothing. */
    String stored(String topic) {
        return broker.stored(PREFIX + "/" + topic)
                .map(message -> new String(message.payload(), StandardCharsets.UTF_8))
                .orElse("");
    }
}
