package hearth.proving.checker;

import hearth.proving.journal.JournalEvent;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * A command as it arrived at a device.
 *
 * @param id        empty if it has none that can be read
 * @param value     what it asks for, as text
 * @param expiresAt it must not act then or later
 * @param readable  false if it is malformed, or written so oddly that readers may differ on it
 */
record ReceivedCommand(
        String topic, String id, String value, boolean retained, long receivedAt, long expiresAt, boolean readable) {

    static final long MAX_AGE_MS = Duration.ofSeconds(60).toMillis();
    private static final Set<String> FIELD_NAMES = Set.of("id", "value");

    static boolean isCommand(JournalEvent.MessageReceived heard) {
        return heard.topic().endsWith("/set") && !heard.payload().isEmpty();
    }

    static ReceivedCommand of(long now, JournalEvent.MessageReceived heard) {
        long lifeMs = heard.remainingS() < 0 ? MAX_AGE_MS : Math.min(MAX_AGE_MS, heard.remainingS() * 1000);
        long goodUntil = now + lifeMs;
        String payload = heard.payload();
        if (!payload.startsWith("{")) {
            return new ReceivedCommand(heard.topic(), "", payload, heard.retained(), now, goodUntil, true);
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
                heard.topic(), named ? id.text() : "", value.text(), heard.retained(), now, goodUntil, readable);
    }

    boolean hasId() {
        return !id.isEmpty();
    }

    /** Whether it may act now, if it is not a repeat. */
    boolean mayAct(long now) {
        return readable && !retained && now < expiresAt;
    }

    /** Why it may not act now, in words. */
    String rejectionReason(long now) {
        if (retained) {
            return "was retained";
        }
        return now < expiresAt ? "was malformed" : "had expired";
    }

    /** Whether the device can make sense of the value. Those it might not are taken for refused. */
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
