package hearth.testkit.bus;

import hearth.common.mqtt.Bus;
import java.time.Duration;

/** A bus that is always connected; a subclass defines what happens to a message. */
public abstract class StubBus implements Bus {

    @Override
    public final boolean connect(Duration timeout) {
        return true;
    }

    @Override
    public final void disconnect(Duration timeout) {}

    @Override
    public boolean unsubscribe(String topic, Duration timeout) {
        throw new AssertionError("unexpected unsubscribe: " + topic);
    }

    @Override
    public final Counts counts() {
        return new Counts(true, 1, 0, 0);
    }
}
