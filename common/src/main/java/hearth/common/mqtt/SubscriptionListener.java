package hearth.common.mqtt;

import java.util.function.Consumer;
import org.tinylog.Logger;

/** A subscription and its listener. */
record SubscriptionListener(Subscription subscription, Consumer<Incoming> listener) {

    /** Delivers a message. An exception of the listener ends here, so that the next message is still delivered. */
    void deliver(Incoming message) {
        try {
            listener.accept(message);
        } catch (RuntimeException bug) {
            Logger.error(
                    bug,
                    "unexpected error (a bug) in the listener of {}; the listener still receives the next message",
                    message.topic());
        }
    }
}
