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
final class Network {

    private static final int LATEST_S = 40;
    private static final int OVERTAKEN_MS = 2_000;

    private final Random random;
    private boolean doubles;
    private boolean delays;
    private boolean reorders;

    Network(Random random) {
        this.random = random;
    }

    void doubles(boolean on) {
        doubles = on;
    }

    void delays(boolean on) {
        delays = on;
    }

    void reorders(boolean on) {
        reorders = on;
    }

    Bus around(Bus bus, VirtualTimers.Machine machine) {
        return new ForwardingBus(bus) {
            @Override
            public boolean subscribe(Subscription subscription, Consumer<Incoming> listener, Duration patience) {
                boolean onceOnly = subscription.qos() == 2 && subscription.commandTopic();
                return super.subscribe(subscription, message -> carry(message, onceOnly, listener, machine), patience);
            }
        };
    }

    private void carry(Incoming message, boolean onceOnly, Consumer<Incoming> listener, VirtualTimers.Machine machine) {
        int times = doubles && !onceOnly && random.nextInt(3) == 0 ? 2 : 1;
        for (int i = 0; i < times; i++) {
            Duration late = i == 0 ? lateness() : lateness().plusMillis(random.nextInt(OVERTAKEN_MS));
            if (late.isZero()) {
                listener.accept(message);
            } else {
                machine.after(late, () -> arrive(message, late, listener));
            }
        }
    }

    private Duration lateness() {
        if (delays && random.nextInt(3) == 0) {
            return Duration.ofSeconds(1 + random.nextInt(LATEST_S));
        }
        return reorders ? Duration.ofMillis(random.nextInt(OVERTAKEN_MS)) : Duration.ZERO;
    }

    /** It waited at a broker, which counts lives down and delivers nothing that is over. */
    private static void arrive(Incoming message, Duration late, Consumer<Incoming> listener) {
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
