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

/** Somebody at a real broker who tells the nodes what to do, and hears what they say. */
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

    /** Tells it retained, with a life of ten minutes, as a car says that it is coming. */
    public void publishState(String topic, String text) {
        Instant expiresAt = new MonotonicClock(TimeScale.REAL_TIME).instant().plus(Duration.ofMinutes(10));
        bus.publish(new Outgoing("home/" + topic, text.getBytes(UTF_8), 1, true, expiresAt));
    }

    /** All that was said on this topic since it was first asked for, beginning with what was in store. */
    public List<String> messages(String topic) {
        return collectors.computeIfAbsent(topic, this::subscribe).texts();
    }

    /** What was said last; empty if nothing was. */
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
