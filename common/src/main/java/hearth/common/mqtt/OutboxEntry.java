package hearth.common.mqtt;

import hearth.common.value.TimeScale;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** One message in the {@link Outbox}, with the callback of its sender. Compared by identity. */
final class OutboxEntry {

    private static final long MAX_EXPIRY_S = 0xFFFF_FFFFL; // MQTT 5, 3.3.2.3.3: a four byte integer.

    private final Outgoing message;
    private final Instant addedAt;
    private final Consumer<Boolean> settled;
    private boolean reported;
    private boolean suspect;

    OutboxEntry(Outgoing message, Instant addedAt, Consumer<Boolean> settled) {
        this.message = message;
        this.addedAt = addedAt;
        this.settled = settled;
    }

    Outgoing message() {
        return message;
    }

    boolean isExpired(Instant now) {
        return !now.isBefore(message.expiresAt());
    }

    /** Marks the message as a possible cause of a lost connection. @return whether it was marked before */
    boolean markSuspect() {
        boolean before = suspect;
        suspect = true;
        return before;
    }

    /** The message as a subscriber receives it if it is sent now. */
    Incoming toIncoming(Instant now, TimeScale timeScale) {
        return new Incoming(
                message.topic(),
                message.payload(),
                message.retained(),
                seconds(addedAt, timeScale),
                seconds(now, timeScale));
    }

    /** Reports the outcome to the sender, once; a state that is sent again was settled before. */
    void settle(boolean delivered) {
        if (!reported) {
            reported = true;
            settled.accept(delivered);
        }
    }

    private long seconds(Instant from, TimeScale timeScale) {
        return message.expires()
                ? Math.min(MAX_EXPIRY_S, timeScale.toExpirySeconds(Duration.between(from, message.expiresAt())))
                : Incoming.ABSENT;
    }
}
