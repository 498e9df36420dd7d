package hearth.proving.year;

import hearth.common.mqtt.Bus;
import hearth.common.mqtt.Incoming;
import hearth.common.mqtt.Subscription;
import hearth.testkit.VirtualTimers;
import hearth.testkit.bus.ForwardingBus;
import java.time.Duration;
import java.util.Random;
import java.util.function.Consumer;

/**
 * The network between the broker and the devices. While a fault is injected, messages arrive twice, late or out of
 * order: more than MQTT allows, so that it includes everything that MQTT allows. Only commands with QoS 2 never arrive
 * twice.
 */
final class SimulatedNetwork {

    private static final int MAX_DELAY_S = 40;
    private static final int MAX_REORDER_MS = 2_000;

    private final Random random;
    private boolean duplicate;
    private boolean delay;
    private boolean reorder;

    SimulatedNetwork(Random random) {
        this.random = random;
    }

    void duplicate(boolean on) {
        duplicate = on;
    }

    void delay(boolean on) {
        delay = on;
    }

    void reorder(boolean on) {
        reorder = on;
    }

    Bus wrap(Bus bus, VirtualTimers.Machine machine) {
        return new ForwardingBus(bus) {
            @Override
            public boolean subscribe(Subscription subscription, Consumer<Incoming> listener, Duration timeout) {
                boolean onceOnly = subscription.qos() == 2 && subscription.commandTopic();
                return super.subscribe(subscription, message -> deliver(message, onceOnly, listener, machine), timeout);
            }
        };
    }

    private void deliver(
            Incoming message, boolean onceOnly, Consumer<Incoming> listener, VirtualTimers.Machine machine) {
        int times = duplicate && !onceOnly && random.nextInt(3) == 0 ? 2 : 1;
        for (int i = 0; i < times; i++) {
            Duration lateBy = i == 0 ? randomDelay() : randomDelay().plusMillis(random.nextInt(MAX_REORDER_MS));
            if (lateBy.isZero()) {
                listener.accept(message);
            } else {
                machine.after(lateBy, () -> deliverDelayed(message, lateBy, listener));
            }
        }
    }

    private Duration randomDelay() {
        if (delay && random.nextInt(3) == 0) {
            return Duration.ofSeconds(1 + random.nextInt(MAX_DELAY_S));
        }
        return reorder ? Duration.ofMillis(random.nextInt(MAX_REORDER_MS)) : Duration.ZERO;
    }

    /** Reduces the remaining message expiry by the delay, and drops an expired message, as a broker does. */
    private static void deliverDelayed(Incoming message, Duration lateBy, Consumer<Incoming> listener) {
        if (message.remainingS() == Incoming.ABSENT) {
            listener.accept(message);
            return;
        }
        long remainingS = message.remainingS() - lateBy.toSeconds();
        if (remainingS > 0) {
            listener.accept(new Incoming(
                    message.topic(), message.payload(), message.retained(), message.lifetimeS(), remainingS));
        }
    }
}
