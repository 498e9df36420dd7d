package hearth.coffee;

import hearth.common.disk.Steps;
import hearth.common.mqtt.Bus;
import hearth.common.mqtt.Incoming;
import hearth.common.mqtt.Outgoing;
import hearth.common.mqtt.Subscription;
import java.time.Duration;
import java.util.function.Consumer;

/** A bus on which it is a step to hand over a message, and another one to learn what became of it. */
final class SteppedBus implements Bus {

    private final Bus bus;
    private final Steps steps;

    SteppedBus(Bus bus, Steps steps) {
        this.bus = bus;
        this.steps = steps;
    }

    @Override
    public void publish(Outgoing message, Consumer<Boolean> settled) {
        String name = message.topic().substring(message.topic().lastIndexOf('/') + 1);
        steps.before("publish " + name);
        bus.publish(message, delivered -> {
            steps.before("settled " + name);
            settled.accept(delivered);
            steps.after("settled " + name);
        });
        steps.after("publish " + name);
    }

    @Override
    public boolean connect(Duration patience) {
        return bus.connect(patience);
    }

    @Override
    public void disconnect(Duration patience) {
        bus.disconnect(patience);
    }

    @Override
    public boolean subscribe(Subscription subscription, Consumer<Incoming> listener, Duration patience) {
        return bus.subscribe(subscription, listener, patience);
    }

    @Override
    public boolean unsubscribe(String topic, Duration patience) {
        return bus.unsubscribe(topic, patience);
    }

    @Override
    public Counts counts() {
        return bus.counts();
    }
}
