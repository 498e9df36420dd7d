package hearth.common.runtime;

import hearth.common.mqtt.Bus;
import java.time.Duration;
import java.time.Instant;

/** Says how a node is doing: every ten minutes, and when there is news. */
final class HealthWatch implements Runnable {

    static final Duration LOOK = Duration.ofMinutes(1);

    private static final Duration SAY = Duration.ofMinutes(10);

    private final Node<?, ?> node;
    private final Site site;
    private final String version;
    private final Instant begin;
    private Health said;
    private Instant sayAgainAt;

    HealthWatch(Node<?, ?> node, Site site, String version) {
        this.node = node;
        this.site = site;
        this.version = version;
        this.begin = site.timers().clock().instant();
        this.sayAgainAt = begin;
        this.said = health(begin);
    }

    @Override
    public void run() {
        Instant now = site.timers().clock().instant();
        Health health = health(now);
        if (!now.isBefore(sayAgainAt) || health.isNewsAfter(said)) {
            said = health;
            sayAgainAt = now.plus(SAY);
            site.conversation().publish(Health.TOPIC, health, Instant.MAX);
        }
    }

    private Health health(Instant now) {
        Bus.Counts counts = site.conversation().counts();
        return new Health(
                Duration.between(begin, now),
                version,
                counts.connections(),
                counts.queued(),
                counts.dropped(),
                site.conversation().rejected() + node.turnedAway(),
                site.sensorErrors().get(),
                node.switchings(),
                Health.processorTemperature());
    }
}
