package hearth.common.mqtt;

import java.util.function.Consumer;
import org.tinylog.Logger;

/** A subscription and who it is for. */
record SubscriptionListener(Subscription subscription, Consumer<Incoming> listener) {

    /** One listener's trouble is not the next message's: what it throws ends here. */
    void deliver(Incoming message) {
        try {
            listener.accept(message);
        } catch (RuntimeException bug) {
            Logger.error(bug, "unexpected error (a bug) in the listener of {}; the listener still receives the next"
                    + " message", message.topic());
        }
    }
}
