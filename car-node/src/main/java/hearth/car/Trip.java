package hearth.car;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * How far the car is with its trip home.
 *
 * <p>A trip gets its id when the car leaves, not when it is announced: whenever the power fails after that, the trip has
 * the same id again, and nobody makes two cups for it.
 */
sealed interface Trip {

    /** What of it must survive a power cut. */
    Map<String, String> toEntries();

    /** What the notes say; empty if they are not notes of a trip. */
    static Optional<Trip> parse(Map<String, String> notes) {
        String id = notes.getOrDefault("trip", "");
        boolean named = id.matches("[A-Za-z0-9._:-]{1,64}");
        String km = notes.getOrDefault("within-km", "");
        return switch (notes.getOrDefault("stage", notes.isEmpty() ? "over" : "")) {
            case "over" -> Optional.of(new Idle());
            case "ready" -> named ? Optional.of(new Departed(id)) : Optional.empty();
            case "coming" ->
                named && km.matches("[0-9]{1,5}")
                        ? Optional.of(new Suspended(id, Integer.parseInt(km) * 1000.0))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** The car is home, or has not left since its last trip ended. */
    record Idle() implements Trip {
        @Override
        public Map<String, String> toEntries() {
            return Map.of("stage", "over");
        }
    }

    /** The car has left; this will be the id of its next trip home. */
    record Departed(String id) implements Trip {
        @Override
        public Map<String, String> toEntries() {
            return Map.of("stage", "ready", "trip", id);
        }
    }

    /** Announced, then not heard of: the node restarted, or the estimate ran out. It goes on once the car closes in. */
    record Suspended(String id, double closestM) implements Trip {
        @Override
        public Map<String, String> toEntries() {
            return entries(id, closestM);
        }
    }

    /**
     * Announced.
     *
     * @param closestM the nearest to home it has been on this trip
     * @param fixAt  of the latest fix that went into the estimate
     * @param estimatedAt   when the estimate was made that the house was told
     * @param arrival  that estimate; whole seconds after {@code saidAt}
     */
    record Announced(String id, double closestM, Instant fixAt, Instant estimatedAt, Instant arrival) implements Trip {

        Duration eta() {
            return Duration.between(estimatedAt, arrival);
        }

        Announced withFix(Instant at) {
            return new Announced(id, closestM, at, estimatedAt, arrival);
        }

        Announced withEstimate(Instant now, Duration eta) {
            return new Announced(id, closestM, fixAt, now, now.plus(eta));
        }

        @Override
        public Map<String, String> toEntries() {
            return entries(id, closestM);
        }
    }

    /** This trip, with the car so far from home now. */
    default Trip withDistance(double metres) {
        if (this instanceof Announced coming && metres < coming.closestM) {
            return new Announced(coming.id, metres, coming.fixAt, coming.estimatedAt, coming.arrival);
        }
        if (this instanceof Suspended begun && metres < begun.closestM) {
            return new Suspended(begun.id, metres);
        }
        return this;
    }

    /** The distance in whole kilometres, rounded up: a memory card need not wear out over metres. */
    private static Map<String, String> entries(String id, double closestM) {
        String km = Long.toString((long) Math.ceil(closestM / 1000));
        return Map.of("stage", "coming", "trip", id, "within-km", km);
    }
}
