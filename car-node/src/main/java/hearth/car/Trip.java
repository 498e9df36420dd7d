package hearth.car;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The stage of the car's trip home.
 *
 * <p>A trip gets its id when the car leaves, not when it is announced: after a power cut the trip has the same id, so that
 * no coffee node makes two cups for it.
 */
sealed interface Trip {

    /** The entries of the saved state. */
    Map<String, String> toEntries();

    /** The trip in the saved state; empty if these are not the entries of a trip. */
    static Optional<Trip> parse(Map<String, String> entries) {
        String id = entries.getOrDefault("trip", "");
        boolean validId = id.matches("[A-Za-z0-9._:-]{1,64}");
        String km = entries.getOrDefault("within-km", "");
        return switch (entries.getOrDefault("stage", entries.isEmpty() ? "over" : "")) {
            case "over" -> Optional.of(new Idle());
            case "ready" -> validId ? Optional.of(new Departed(id)) : Optional.empty();
            case "coming" ->
                validId && km.matches("[0-9]{1,5}")
                        ? Optional.of(new Suspended(id, Integer.parseInt(km) * 1000.0))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** The car is at home, or has not left since its last trip ended. */
    record Idle() implements Trip {
        @Override
        public Map<String, String> toEntries() {
            return Map.of("stage", "over");
        }
    }

    /** The car has left. @param id the id of its next trip home */
    record Departed(String id) implements Trip {
        @Override
        public Map<String, String> toEntries() {
            return Map.of("stage", "ready", "trip", id);
        }
    }

    /** Announced, then without fixes: the node restarted, or the estimate ended. It continues once the car comes closer. */
    record Suspended(String id, double closestM) implements Trip {
        @Override
        public Map<String, String> toEntries() {
            return entries(id, closestM);
        }
    }

    /**
     * Announced.
     *
     * @param closestM    the shortest distance from home on this trip
     * @param fixAt       time of the latest fix that was compared with the estimate
     * @param estimatedAt time of the published estimate
     * @param arrival     the published estimate; whole seconds after {@code estimatedAt}
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

    /** This trip with the present distance of the car from home. */
    default Trip withDistance(double metres) {
        if (this instanceof Announced coming && metres < coming.closestM) {
            return new Announced(coming.id, metres, coming.fixAt, coming.estimatedAt, coming.arrival);
        }
        if (this instanceof Suspended suspended && metres < suspended.closestM) {
            return new Suspended(suspended.id, metres);
        }
        return this;
    }

    /** The distance in whole kilometres, rounded up: saving every metre would wear the SD card. */
    private static Map<String, String> entries(String id, double closestM) {
        String km = Long.toString((long) Math.ceil(closestM / 1000));
        return Map.of("stage", "coming", "trip", id, "within-km", km);
    }
}
