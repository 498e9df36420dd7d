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
 * A bus without a broker: what is said to a node is put into its ear as it is, and what the ear throws is thrown at who
 * said it. A real bus would log that and go on.
 */
final class DirectBus extends StubBus {

    private final Executor deliveryExecutor;
    private final Map<String, Consumer<Incoming>> listeners = new HashMap<>();
    private final Map<String, String> states = new HashMap<>();
    private final Consumer<String> resultListener;
    private long changes;

    /** @param soon tells senders that their messages arrived @param answers told what is no state */
    DirectBus(Executor soon, Consumer<String> answers) {
        this.deliveryExecutor = soon;
        this.resultListener = answers;
    }

    /** The topics somebody listens to. */
    List<String> topics() {
        return listeners.keySet().stream().sorted().toList();
    }

    void deliver(Incoming message) {
        listeners.get(message.topic()).accept(message);
    }

    /** The last of each state that was said, by its topic. */
    Map<String, String> states() {
        return states;
    }

    /** How often a state was said. */
    long changes() {
        return changes;
    }

    @Override
    public boolean subscribe(Subscription subscription, Consumer<Incoming> listener, Duration patience) {
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
