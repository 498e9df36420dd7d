package hearth.common.message;

import hearth.common.value.Celsius;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A stored reading that is published when the broker is reachable again.
 *
 * @param id  unique; a consumer that compares ids counts each reading once, although it may be published several times
 * @param age age of the reading; empty if it was taken before a restart on a machine whose clock was not synchronised
 */
public record HistoryReading(String id, Celsius celsius, Optional<Duration> age) {

    /** The maximum age that is published. */
    public static final Duration MAX_AGE = Duration.ofDays(366);

    /** A consumer publishes this at its start to request all readings that still wait. */
    public static final String NOTHING_RECEIVED = "none";

    private static final int MAX_ACKNOWLEDGEMENT_CHARS = 3_300; // Fifty of the longest ids.

    public static final Topic<HistoryReading> TOPIC = Topic.announcement(
            "history",
            1,
            PayloadCodec.fields(HistoryReading::fields, HistoryReading::read),
            "a reading that was stored while the broker was unreachable: `{\"id\":\"…\","
                    + " \"temperature_c\":19.44, \"age_s\":3600}`; with `\"clock\":\"unsynced\"` instead of"
                    + " `age_s` if the age is unknown");

    public static final Topic<List<String>> ACKNOWLEDGE = Topic.command(
            "history/ack",
            1,
            PayloadCodec.text(MAX_ACKNOWLEDGEMENT_CHARS)
                    .map(HistoryReading::ids, ids -> new Payload.Text(String.join(" ", ids))),
            "ids of readings that the consumer has stored, separated by spaces: the node deletes them;"
                    + " `none` requests all readings that are not acknowledged yet. Before the first message on"
                    + " this topic, the node deletes a reading when the broker has acknowledged it. After that,"
                    + " it keeps each reading until its id is acknowledged here (at most `history.keep`)");

    private static Payload.Fields fields(HistoryReading reading) {
        return reading.age
                .map(age -> Payload.Fields.of(
                        "id", reading.id, "temperature_c", reading.celsius.degrees(), "age_s", age.toSeconds()))
                .orElseGet(() -> Payload.Fields.of(
                        "id", reading.id, "temperature_c", reading.celsius.degrees(), "clock", "unsynced"));
    }

    private static HistoryReading read(Payload.Fields fields) throws Malformed {
        fields.requireOnly("id", "temperature_c", "age_s", "clock");
        double degrees = fields.number("temperature_c");
        if (degrees < -273) {
            throw new Malformed("not a temperature: " + degrees + " °C; expected at least -273 °C");
        }
        Optional<Duration> age = fields.has("age_s")
                ? Optional.of(Duration.ofSeconds(fields.seconds("age_s", MAX_AGE.toSeconds())))
                : Optional.empty();
        return new HistoryReading(Command.checkedId(fields.text("id")), Celsius.of(degrees), age);
    }

    private static List<String> ids(String text) throws Malformed {
        List<String> ids = List.of(text.split(" ", -1));
        for (String id : ids) {
            Command.checkedId(id);
        }
        return ids;
    }
}
