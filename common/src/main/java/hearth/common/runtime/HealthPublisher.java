package hearth.common.runtime;

import hearth.common.mqtt.Bus;
import java.time.Duration;
import java.time.Instant;

/** Publishes a node's health every ten minutes, and within a minute after a new problem. */
final class HealthPublisher implements Runnable {

    static final Duration CHECK_PERIOD = Duration.ofMinutes(1);

    private static final Duration PUBLISH_PERIOD = Duration.ofMinutes(10);

    private final Node<?, ?> node;
    private final NodeContext context;
    private final String version;
    private final Instant startedAt;
    private Health lastPublished;
    private Instant nextPublishAt;

    HealthPublisher(Node<?, ?> node, NodeContext context, String version) {
        this.node = node;
        this.context = context;
        this.version = version;
        this.startedAt = context.timers().clock().instant();
        this.nextPublishAt = startedAt;
        this.lastPublished = health(startedAt);
    }

    @Override
    public void run() {
        Instant now = context.timers().clock().instant();
        Health health = health(now);
        if (!now.isBefore(nextPublishAt) || health.isWorseThan(lastPublished)) {
            lastPublished = health;
            nextPublishAt = now.plus(PUBLISH_PERIOD);
            context.bus().publishRetained(Health.TOPIC, health, Instant.MAX);
        }
    }

    private Health health(Instant now) {
        Bus.Counts counts = context.bus().counts();
        return new Health(
                Duration.between(startedAt, now),
                version,
                counts.connections(),
                counts.queued(),
                counts.dropped(),
                context.bus().rejected() + node.droppedCommands(),
                context.sensorErrors().get(),
                node.switchings(),
                Health.processorTemperature());
    }
}
