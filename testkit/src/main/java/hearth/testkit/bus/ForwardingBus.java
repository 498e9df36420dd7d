package hearth.testkit.bus;

import hearth.common.mqtt.Bus;
import hearth.common.mqtt.Incoming;
import hearth.common.mqtt.Outgoing;
import hearth.common.mqtt.Subscription;
import java.time.Duration;
import java.util.function.Consumer;

/** Forwards all calls to another bus; a subclass overrides what differs. */
public class ForwardingBus implements Bus {

    private final Bus bus;

    public ForwardingBus(Bus bus) {
        this.bus = bus;
    }

    @Override
    public boolean connect(Duration timeout) {
        return bus.connect(timeout);
    }

    @Override
    public void disconnect(Duration timeout) {
        bus.disconnect(timeout);
    }

    @Override
    public boolean subscribe(Subscription subscription, Consumer<Incoming> listener, Duration timeout) {
        return bus.subscribe(subscription, listener, timeout);
    }

    @Override
    public boolean unsubscribe(String topic, Duration timeout) {
        return bus.unsubscribe(topic, timeout);
    }

    @Override
    public void publish(Outgoing message, Consumer<Boolean> settled) {
        bus.publish(message, settled);
    }

    @Override
    public void republishAll() {
        bus.republishAll();
    }

    @Override
    public Counts counts() {
        return bus.counts();
    }
}
