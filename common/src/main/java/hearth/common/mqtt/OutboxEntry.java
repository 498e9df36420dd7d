package hearth.common.mqtt;

import hearth.common.value.TimeScale;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** One message in the {@link Outbox}, with what its sender is to be told of it. Compared by identity. */
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

    /** Suspects it. @return whether it was suspected before */
    boolean markSuspect() {
        boolean before = suspect;
        suspect = true;
        return before;
    }

    /** The message as those who listen get it when it is sent now. */
    Incoming toIncoming(Instant now, TimeScale timeScale) {
        return new Incoming(
                message.topic(),
                message.payload(),
                message.retained(),
                seconds(addedAt, timeScale),
                seconds(now, timeScale));
    }

    /** Tells the sender what became of it, the first time; a state that is said once more has been settled. */
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
