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
 * What lies between the broker and the devices. In bad spells messages come twice, late, or overtake each other: more
 * than MQTT allows to happen, so that what it does allow is in it. Only what has QoS 2 and no id never comes twice.
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
            public boolean subscribe(Subscription subscription, Consumer<Incoming> listener, Duration patience) {
                boolean onceOnly = subscription.qos() == 2 && subscription.commandTopic();
                return super.subscribe(
                        subscription, message -> deliver(message, onceOnly, listener, machine), patience);
            }
        };
    }

    private void deliver(
            Incoming message, boolean onceOnly, Consumer<Incoming> listener, VirtualTimers.Machine machine) {
        int times = duplicate && !onceOnly && random.nextInt(3) == 0 ? 2 : 1;
        for (int i = 0; i < times; i++) {
            Duration late = i == 0 ? randomDelay() : randomDelay().plusMillis(random.nextInt(MAX_REORDER_MS));
            if (late.isZero()) {
                listener.accept(message);
            } else {
                machine.after(late, () -> deliverDelayed(message, late, listener));
            }
        }
    }

    private Duration randomDelay() {
        if (delay && random.nextInt(3) == 0) {
            return Duration.ofSeconds(1 + random.nextInt(MAX_DELAY_S));
        }
        return reorder ? Duration.ofMillis(random.nextInt(MAX_REORDER_MS)) : Duration.ZERO;
    }

    /** It waited at a broker, which counts lives down and delivers nothing that is over. */
    private static void deliverDelayed(Incoming message, Duration late, Consumer<Incoming> listener) {
        if (message.remainingS() == Incoming.ABSENT) {
            listener.accept(message);
            return;
        }
        long leftS = message.remainingS() - late.toSeconds();
        if (leftS > 0) {
            listener.accept(
                    new Incoming(message.topic(), message.payload(), message.retained(), message.lifetimeS(), leftS));
        }
    }
}
