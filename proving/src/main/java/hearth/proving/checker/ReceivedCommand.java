package hearth.proving.checker;

import hearth.proving.journal.JournalEvent;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * A command as a device received it.
 *
 * @param id        empty if it has no valid id
 * @param value     the requested value, as text
 * @param expiresAt at this time or later it must have no effect
 * @param readable  false if it is malformed, or so unusual that parsers may differ
 */
record ReceivedCommand(
        String topic, String id, String value, boolean retained, long receivedAt, long expiresAt, boolean readable) {

    static final long MAX_AGE_MS = Duration.ofSeconds(60).toMillis();
    private static final Set<String> FIELD_NAMES = Set.of("id", "value");

    static boolean isCommand(JournalEvent.MessageReceived received) {
        return received.topic().endsWith("/set") && !received.payload().isEmpty();
    }

    static ReceivedCommand of(long now, JournalEvent.MessageReceived received) {
        long expiryMs = received.remainingS() < 0 ? MAX_AGE_MS : Math.min(MAX_AGE_MS, received.remainingS() * 1000);
        long expiresAt = now + expiryMs;
        String payload = received.payload();
        if (!payload.startsWith("{")) {
            return new ReceivedCommand(received.topic(), "", payload, received.retained(), now, expiresAt, true);
        }
        Map<String, PayloadParser.JsonField> fields = PayloadParser.fields(payload);
        PayloadParser.JsonField id = fields.getOrDefault("id", PayloadParser.JsonField.ABSENT);
        PayloadParser.JsonField value = fields.getOrDefault("value", PayloadParser.JsonField.ABSENT);
        boolean named = id.quoted() && PayloadParser.isId(id.text());
        boolean readable = fields.containsKey("value")
                && FIELD_NAMES.containsAll(fields.keySet())
                && (named || !fields.containsKey("id"))
                && value.quoted() == Double.isNaN(PayloadParser.number(value.text()));
        return new ReceivedCommand(
                received.topic(), named ? id.text() : "", value.text(), received.retained(), now, expiresAt, readable);
    }

    boolean hasId() {
        return !id.isEmpty();
    }

    /** Whether it may have an effect now, unless it is a repeat. */
    boolean mayAct(long now) {
        return readable && !retained && now < expiresAt;
    }

    /** Why it must have no effect now. */
    String rejectionReason(long now) {
        if (retained) {
            return "was retained";
        }
        return now < expiresAt ? "was malformed" : "had expired";
    }

    /** Whether the value is certainly valid; a value that a device might reject counts as invalid. */
    boolean isValidValue() {
        if (topic.endsWith("/target/set")) {
            double steps = PayloadParser.number(value) * 2;
            return steps >= 10 && steps <= 60 && steps == Math.rint(steps);
        }
        return switch (value) {
            case "off", "heat", "cool", "heat_cool" -> topic.endsWith("/mode/set");
            case "home", "away" -> topic.endsWith("/preset/set");
            case "PRESS" -> true;
            default -> false;
        };
    }
}
