package hearth.common.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hearth.common.value.TimeScale;
import hearth.testkit.bus.MessageCollector;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** The bus in memory fulfils the contract, and its broker behaves like a real one. */
final class MemoryBusTest extends BusContract {

    private final Queue<Runnable> work = new ArrayDeque<>();
    private final MemoryBroker broker = new MemoryBroker(clock, TimeScale.REAL_TIME, work::add);

    @Override
    Bus bus(String name) {
        return broker.bus(name, status(name));
    }

    @Override
    void brokerStops() {
        broker.stop();
    }

    @Override
    void brokerStarts(boolean dataLost) {
        broker.start(dataLost);
        settle();
    }

    @Override
    void cut(String name) {
        broker.cut(name);
    }

    @Override
    void settle() {
        for (Runnable task = work.poll(); task != null; task = work.poll()) {
            task.run();
        }
    }

    @Test
    void theBrokerCountsExpiryDown() {
        MessageCollector collector = new MessageCollector();
        published(connected("sender"), state("test/a", "19.44", clock.in(Duration.ofSeconds(30))));
        Bus receiver = connected("receiver");

        clock.pass(Duration.ofSeconds(29));
        listen(receiver, "test/a", 1, collector);
        settle();
        assertThat(collector.messages()).extracting(Incoming::remainingS).containsExactly(1L);

        clock.pass(Duration.ofSeconds(1));
        assertThat(broker.stored("test/a")).isEmpty();
    }

    @Test
    void aSessionKeepsMessagesForAMinute() {
        MessageCollector collector = new MessageCollector();
        listen(connected("receiver"), "test/a", 1, collector);
        Bus sender = connected("sender");

        broker.unplug("receiver");
        published(sender, announcement("test/a", "kept", 1));
        published(sender, announcement("test/a", "not worth keeping", 0));
        clock.pass(Duration.ofSeconds(59));
        broker.plugIn("receiver");
        settle();
        assertThat(collector.texts()).containsExactly("kept");

        broker.unplug("receiver");
        published(sender, announcement("test/a", "lost", 1));
        clock.pass(Duration.ofSeconds(60));
        broker.plugIn("receiver");
        settle();
        assertThat(collector.texts()).containsExactly("kept");
    }

    @Test
    void aDuplicateIsDeliveredTwice() {
        MessageCollector collector = new MessageCollector();
        listen(connected("receiver"), "test/a", 1, collector);
        Bus sender = connected("sender");

        broker.duplicateNext();
        published(sender, announcement("test/a", "one", 1));
        published(sender, announcement("test/a", "two", 1));

        eventually(() -> assertThat(collector.texts()).containsExactly("one", "one", "two"));
    }

    @Test
    void theFirstOfTwoClientsWithOneIdDoesNotReconnect() {
        Bus first = connected("twin");
        Bus second = connected("twin");

        cut("twin");
        settle();

        assertThat(first.connect(Duration.ZERO)).isFalse();
        assertThat(first.counts().connections()).isEqualTo(1);
        assertThat(second.counts().connections()).isEqualTo(2);
        assertThat(text(status("twin"))).isEqualTo("online");
    }

    @Test
    void sendersAreNotifiedOfMessagesThatExpireWhileTheBrokerIsStopped() {
        MessageCollector settled = new MessageCollector();
        Bus sender = connected("sender");
        broker.stop();
        sender.publish(state("test/a", "x", clock.in(Duration.ofSeconds(5))), recordIn(settled));
        settle();

        clock.pass(Duration.ofSeconds(5));
        broker.expireMessages();

        eventually(() -> assertThat(settled.texts()).containsExactly("false"));
    }

    @Test
    void anEmptyRetainedMessageDeletesTheRetainedOne() {
        Bus sender = connected("sender");
        published(sender, Outgoing.state("test/a", "x", 1));

        published(sender, Outgoing.state("test/a", "", 1));

        assertThat(broker.stored("test/a")).isEmpty();
    }

    @Test
    void publishingToAStoppedBrokerThrows() {
        broker.stop();
        Incoming message = new Incoming("test/a", new byte[0], false, Incoming.ABSENT, Incoming.ABSENT);

        assertThatThrownBy(() -> broker.publish(message, 1)).isInstanceOf(IllegalStateException.class);
    }

    private String text(String topic) {
        return broker.stored(topic)
                .map(message -> new String(message.payload(), StandardCharsets.UTF_8))
                .orElse("nothing");
    }
}
