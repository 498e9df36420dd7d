package hearth.common.message;

import java.time.Duration;

/**
 * The car is coming home, or has turned away before the arrival.
 *
 * @param trip      the same id in all messages about one trip, so that a repeated message has no effect
 * @param eta       from the first message to the arrival; a duration, because the clocks of two machines differ
 * @param cancelled the car has turned away and will not arrive
 */
public record Approach(String trip, Duration eta, boolean cancelled) {

    public static Approach coming(String trip, Duration eta) {
        return new Approach(trip, eta, false);
    }

    public static Approach cancelled(String trip) {
        return new Approach(trip, Duration.ZERO, true);
    }

    public static final Topic<Approach> TOPIC = Topic.state(
            "approach",
            2,
            PayloadCodec.fields(
                    approach -> approach.cancelled
                            ? Payload.Fields.of("trip", approach.trip, "called_off", true)
                            : Payload.Fields.of("trip", approach.trip, "eta_s", wholeSeconds(approach.eta)),
                    fields -> {
                        fields.requireOnly("trip", "eta_s", "called_off");
                        String trip = Command.checkedId(fields.text("trip"));
                        boolean calledOff = fields.has("called_off") && fields.flag("called_off");
                        return calledOff ? cancelled(trip) : coming(trip, Duration.ofSeconds(fields.seconds("eta_s")));
                    }),
            "the car is coming home, with the seconds to its arrival: `{\"trip\":\"…\","
                    + " \"eta_s\":600}`; or it has turned away, and the approach is cancelled: `{\"trip\":\"…\","
                    + " \"called_off\":true}`; message expiry: the expected arrival, or 5 minutes after the car"
                    + " has turned away");

    private static long wholeSeconds(Duration duration) {
        return duration.plusNanos(999_999_999).toSeconds(); // Up: a coffee 1 s late is better than 1 s early.
    }
}
