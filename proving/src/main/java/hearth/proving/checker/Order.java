package hearth.proving.checker;

import hearth.proving.journal.Event;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * A command as it arrived at a device.
 *
 * @param id        empty if it has none that can be read
 * @param value     what it asks for, as text
 * @param goodUntil it must not act then or later
 * @param readable  false if it is malformed, or written so oddly that readers may differ on it
 */
record Order(String topic, String id, String value, boolean retained, long heardAt, long goodUntil, boolean readable) {

    static final long LIFE_MS = Duration.ofSeconds(60).toMillis();
    private static final Set<String> NAMES = Set.of("id", "value");

    static boolean isOne(Event.Heard heard) {
        return heard.topic().endsWith("/set") && !heard.payload().isEmpty();
    }

    static Order of(long now, Event.Heard heard) {
        long lifeMs = heard.leftS() < 0 ? LIFE_MS : Math.min(LIFE_MS, heard.leftS() * 1000);
        long goodUntil = now + lifeMs;
        String payload = heard.payload();
        if (!payload.startsWith("{")) {
            return new Order(heard.topic(), "", payload, heard.retained(), now, goodUntil, true);
        }
        Map<String, Words.Field> fields = Words.fields(payload);
        Words.Field id = fields.getOrDefault("id", Words.Field.ABSENT);
        Words.Field value = fields.getOrDefault("value", Words.Field.ABSENT);
        boolean named = id.quoted() && Words.isId(id.text());
        boolean readable = fields.containsKey("value")
                && NAMES.containsAll(fields.keySet())
                && (named || !fields.containsKey("id"))
                && value.quoted() == Double.isNaN(Words.number(value.text()));
        return new Order(
                heard.topic(), named ? id.text() : "", value.text(), heard.retained(), now, goodUntil, readable);
    }

    boolean hasId() {
        return !id.isEmpty();
    }

    /** Whether it may act now, if it is not a repeat. */
    boolean mayAct(long now) {
        return readable && !retained && now < goodUntil;
    }

    /** Why it may not act now, in words. */
    String flaw(long now) {
        if (retained) {
            return "was retained";
        }
        return now < goodUntil ? "was malformed" : "had expired";
    }

    /** Whether the device can make sense of the value. Those it might not are taken for refused. */
    boolean isSensible() {
        if (topic.endsWith("/target/set")) {
            double steps = Words.number(value) * 2;
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
