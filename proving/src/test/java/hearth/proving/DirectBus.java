package hearth.proving;

import static java.nio.charset.StandardCharsets.UTF_8;

import hearth.common.mqtt.Incoming;
import hearth.common.mqtt.Outgoing;
import hearth.common.mqtt.Subscription;
import hearth.testkit.bus.StubBus;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * A bus without a broker: passes each message directly to the listener of a node. An exception of the listener reaches
 * the caller; a real bus would log it and continue.
 */
final class DirectBus extends StubBus {

    private final Executor deliveryExecutor;
    private final Map<String, Consumer<Incoming>> listeners = new HashMap<>();
    private final Map<String, String> states = new HashMap<>();
    private final Consumer<String> resultListener;
    private long changes;

    /** @param soon runs the acknowledgements of messages @param answers receives messages that are not states */
    DirectBus(Executor soon, Consumer<String> answers) {
        this.deliveryExecutor = soon;
        this.resultListener = answers;
    }

    /** The subscribed topics. */
    List<String> topics() {
        return listeners.keySet().stream().sorted().toList();
    }

    void deliver(Incoming message) {
        listeners.get(message.topic()).accept(message);
    }

    /** The latest state per topic. */
    Map<String, String> states() {
        return states;
    }

    /** How often a state was published. */
    long changes() {
        return changes;
    }

    @Override
    public boolean subscribe(Subscription subscription, Consumer<Incoming> listener, Duration timeout) {
        return listeners.put(subscription.topic(), listener) == null;
    }

    @Override
    public void publish(Outgoing message, Consumer<Boolean> settled) {
        String text = new String(message.payload(), UTF_8);
        if (message.retained()) {
            states.put(message.topic(), text);
            changes++;
        } else {
            resultListener.accept(text);
        }
        deliveryExecutor.execute(() -> settled.accept(true));
    }
}
