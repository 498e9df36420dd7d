package hearth.common.mqtt;

import hearth.common.value.Pace;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/** A {@link Bus} on the HiveMQ client, MQTT 5. */
public final class HiveMqBus implements Bus {

    public HiveMqBus(List<URI> brokers, String clientId, String statusTopic, InstantSource clock, Pace pace) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean connect(Duration patience) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void disconnect(Duration patience) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean subscribe(Subscription subscription, Consumer<Incoming> listener, Duration patience) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean unsubscribe(String topic, Duration patience) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void publish(Outgoing message, Consumer<Boolean> settled) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Counts counts() {
        throw new UnsupportedOperationException();
    }
}
