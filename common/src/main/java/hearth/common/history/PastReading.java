package hearth.common.history;

import hearth.common.message.Command;
import hearth.common.message.Malformed;
import hearth.common.message.Payload;
import hearth.common.message.Shape;
import hearth.common.message.Topic;
import hearth.common.value.Celsius;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A reading as it is told when the broker is back.
 *
 * @param id  given to no other; who counts ids counts each reading once, however often it is told
 * @param age how long ago it was taken; empty if that was before a restart of a machine nobody had told the time
 */
public record PastReading(String id, Celsius celsius, Optional<Duration> age) {

    /** Older than this no reading is said to be. */
    public static final Duration OLDEST = Duration.ofDays(366);

    private static final int LONGEST_ACKNOWLEDGEMENT = 3_300; // Fifty of the longest ids.

    public static final Topic<PastReading> TOPIC = Topic.announcement(
            "history",
            1,
            Shape.fields(PastReading::fields, PastReading::read),
            "a reading that was taken while the broker was away: its id, °C and how long ago; with clock unsynced"
                    + " instead if nobody knows");

    public static final Topic<List<String>> ACKNOWLEDGE = Topic.command(
            "history/ack",
            1,
            Shape.text(LONGEST_ACKNOWLEDGEMENT).as(PastReading::ids, ids -> new Payload.Text(String.join(" ", ids))),
            "these ids are safe with you; from the first that is heard on, each is kept until you say so");

    private static Payload.Fields fields(PastReading reading) {
        return reading.age
                .map(age -> Payload.Fields.of(
                        "id", reading.id, "temperature_c", reading.celsius.degrees(), "age_s", age.toSeconds()))
                .orElseGet(() -> Payload.Fields.of(
                        "id", reading.id, "temperature_c", reading.celsius.degrees(), "clock", "unsynced"));
    }

    private static PastReading read(Payload.Fields fields) throws Malformed {
        fields.only("id", "temperature_c", "age_s", "clock");
        double degrees = fields.number("temperature_c");
        if (degrees < -273) {
            throw new Malformed("not a temperature: " + degrees + " °C");
        }
        Optional<Duration> age = fields.has("age_s")
                ? Optional.of(Duration.ofSeconds(fields.seconds("age_s", OLDEST.toSeconds())))
                : Optional.empty();
        return new PastReading(Command.checkedId(fields.text("id")), Celsius.of(degrees), age);
    }

    private static List<String> ids(String text) throws Malformed {
        List<String> ids = List.of(text.split(" ", -1));
        for (String id : ids) {
            Command.checkedId(id);
        }
        return ids;
    }
}
