package hearth.proving.year;

import hearth.common.mqtt.Incoming;
import hearth.common.mqtt.MemoryBroker;
import hearth.common.value.TimeScale;
import hearth.proving.journal.JournalEntry;
import hearth.proving.journal.JournalEvent;
import hearth.testkit.VirtualTimers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.function.Consumer;

/** The shared parts of the simulation: time, broker, network, random numbers and journal. */
final class SimulationContext {

    static final String PREFIX = "home";
    static final Instant BEGIN = Instant.parse("2030-01-01T00:00:00Z");

    private static final Duration BROKER_EXPIRY_PERIOD = Duration.ofSeconds(30);

    private final long seed;
    private final Consumer<JournalEntry> journal;
    private final VirtualTimers timers = new VirtualTimers(BEGIN);
    private final MemoryBroker broker = new MemoryBroker(timers.clock(), TimeScale.REAL_TIME, timers.worker("broker"));
    private final SimulatedNetwork network;

    SimulationContext(long seed, Consumer<JournalEntry> journal) {
        this.seed = seed;
        this.journal = journal;
        this.network = new SimulatedNetwork(randomFor("network"));
        timers.every("broker", BROKER_EXPIRY_PERIOD, broker::expireMessages);
    }

    /**
     * A separate random generator, so that one more draw in one place changes no other place. Its seed depends on the
     * text, which therefore must not change.
     */
    Random randomFor(String purpose) {
        return new Random(seed * 1_000_003 + purpose.hashCode());
    }

    VirtualTimers timers() {
        return timers;
    }

    MemoryBroker broker() {
        return broker;
    }

    SimulatedNetwork network() {
        return network;
    }

    Instant now() {
        return timers.clock().instant();
    }

    Duration elapsed() {
        return Duration.between(BEGIN, now());
    }

    void after(Duration wait, Runnable task) {
        timers.at(now().plus(wait), task);
    }

    void record(String node, JournalEvent event) {
        journal.accept(new JournalEntry(elapsed(), node, event));
    }

    void recordFault(String kind, String detail) {
        record("", new JournalEvent.InjectedFault(kind, detail));
    }

    /** Publishes with QoS 1, unless the broker is away. @param remainingS message expiry; negative for none */
    void publish(String topic, String payload, boolean retained, long remainingS) {
        if (broker.isUp()) {
            byte[] bytes = payload.getBytes(StandardCharsets.ISO_8859_1);
            broker.publish(new Incoming(PREFIX + "/" + topic, bytes, retained, Incoming.ABSENT, remainingS), 1);
        }
    }

    /** The retained payload of a topic; empty for none. */
    String retained(String topic) {
        return broker.stored(PREFIX + "/" + topic)
                .map(message -> new String(message.payload(), StandardCharsets.UTF_8))
                .orElse("");
    }
}
