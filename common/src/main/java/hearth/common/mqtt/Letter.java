package hearth.common.mqtt;

import hearth.common.value.Pace;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** One message in the {@link Outbox}, with what its sender is to be told of it. Compared by identity. */
final class Letter {

    private static final long LONGEST_LIFE_S = 0xFFFF_FFFFL; // MQTT 5, 3.3.2.3.3: a four byte integer.

    private final Outgoing message;
    private final Instant handedOver;
    private final Consumer<Boolean> settled;
    private boolean told;
    private boolean suspect;

    Letter(Outgoing message, Instant handedOver, Consumer<Boolean> settled) {
        this.message = message;
        this.handedOver = handedOver;
        this.settled = settled;
    }

    Outgoing message() {
        return message;
    }

    boolean isOver(Instant now) {
        return !now.isBefore(message.until());
    }

    /** Suspects it. @return whether it was suspected before */
    boolean isSuspectedAgain() {
        boolean before = suspect;
        suspect = true;
        return before;
    }

    /** The message as those who listen get it when it is sent now. */
    Incoming onTheWire(Instant now, Pace pace) {
        return new Incoming(
                message.topic(), message.payload(), message.retained(), seconds(handedOver, pace), seconds(now, pace));
    }

    /** Tells the sender what became of it, the first time; a state that is said once more has been settled. */
    void tell(boolean delivered) {
        if (!told) {
            told = true;
            settled.accept(delivered);
        }
    }

    private long seconds(Instant from, Pace pace) {
        return message.expires()
                ? Math.min(LONGEST_LIFE_S, pace.wireSeconds(Duration.between(from, message.until())))
                : Incoming.ABSENT;
    }
}
