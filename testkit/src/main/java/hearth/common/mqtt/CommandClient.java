package hearth.common.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.runtime.MonotonicClock;
import hearth.common.value.TimeScale;
import hearth.testkit.bus.MessageCollector;
import hearth.testkit.bus.Mosquitto;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** A client at a real broker that sends commands to nodes and collects their messages. */
public final class CommandClient implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Bus bus;
    private final Map<String, MessageCollector> collectors = new ConcurrentHashMap<>();

    public CommandClient(Mosquitto broker) {
        Backoff quick = new Backoff(Duration.ofMillis(50), Duration.ofMillis(200), Math::random);
        String name = "owner-" + UUID.randomUUID();
        this.bus = new HiveMqBus(
                List.of(broker.url()),
                Identity.NONE,
                name,
                "home/" + name + "/status",
                new MonotonicClock(TimeScale.REAL_TIME),
                TimeScale.REAL_TIME,
                quick,
                Timeouts.STANDARD.afterTakeover(LIMIT));
        assertThat(bus.connect(LIMIT)).isTrue();
    }

    public void command(String topic, String text) {
        bus.publish(new Outgoing("home/" + topic, text.getBytes(UTF_8), 1, false, Instant.MAX));
    }

    /** Publishes a retained message with an expiry of ten minutes, like a car that announces its arrival. */
    public void publishState(String topic, String text) {
        Instant expiresAt = new MonotonicClock(TimeScale.REAL_TIME).instant().plus(Duration.ofMinutes(10));
        bus.publish(new Outgoing("home/" + topic, text.getBytes(UTF_8), 1, true, expiresAt));
    }

    /** All messages on this topic since the first call for it, starting with the retained one. */
    public List<String> messages(String topic) {
        return collectors.computeIfAbsent(topic, this::subscribe).texts();
    }

    /** The last message; empty if there is none. */
    public String last(String topic) {
        List<String> all = messages(topic);
        return all.isEmpty() ? "" : all.get(all.size() - 1);
    }

    @Override
    public void close() {
        bus.disconnect(Duration.ZERO);
    }

    private MessageCollector subscribe(String topic) {
        MessageCollector collector = new MessageCollector();
        assertThat(bus.subscribe(new Subscription("home/" + topic, 1, false), collector, LIMIT))
                .isTrue();
        return collector;
    }
}
