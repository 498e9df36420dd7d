package hearth.proving.road;

import hearth.simulator.plant.Route.LocalPoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The true positions of a car trip, second by second, without errors of a receiver. Built from kilometres east and
 * north of home, and km/h.
 */
public final class TrueTrip {

    /** Events of the car node, not of the car. */
    public enum TripEvent {
        NONE,
        POWER_CUT,
        POWER_BACK,
        COVERAGE_LOST,
        COVERAGE_BACK
    }

    public record TripSecond(LocalPoint place, Reception reception, TripEvent event) {}

    /** The speed varies by this fraction, for about a minute. */
    private static final double CURVINESS = 0.12;

    private static final double CURVE_PERSISTENCE = 59.0 / 60;

    private final List<TripSecond> seconds = new ArrayList<>();
    private final Random random = new Random(20);
    private LocalPoint place;
    private Reception reception = Reception.OPEN;
    private TripEvent nextEvent = TripEvent.NONE;
    private double curve;

    private TrueTrip(LocalPoint place) {
        this.place = place;
    }

    public static TrueTrip from(double eastKm, double northKm) {
        return new TrueTrip(place(eastKm, northKm));
    }

    /** @param road corners of the road: east, north, east, north, and so on */
    public TrueTrip driveTo(double kmh, double... road) {
        for (int i = 0; i < road.length; i += 2) {
            addDrive(place(road[i], road[i + 1]), kmh / 3.6);
        }
        return this;
    }

    public TrueTrip waitFor(String time) {
        for (long s = Duration.parse("PT" + time).toSeconds(); s > 0; s--) {
            addSecond();
        }
        return this;
    }

    /** Sets the reception from here on. */
    public TrueTrip withReception(Reception newSky) {
        reception = newSky;
        return this;
    }

    /** Adds an event at this time. */
    public TrueTrip event(TripEvent happening) {
        nextEvent = happening;
        return this;
    }

    public List<TripSecond> seconds() {
        return List.copyOf(seconds);
    }

    private void addDrive(LocalPoint there, double mps) {
        for (double left = distanceM(place, there); left > 0; left = distanceM(place, there)) {
            curve = CURVE_PERSISTENCE * curve
                    + CURVINESS * Math.sqrt(1 - CURVE_PERSISTENCE * CURVE_PERSISTENCE) * random.nextGaussian();
            double part = Math.min(1, mps * (1 + curve) / left);
            place = new LocalPoint(
                    place.eastM() + part * (there.eastM() - place.eastM()),
                    place.northM() + part * (there.northM() - place.northM()));
            place = part == 1 ? there : place;
            addSecond();
        }
    }

    private void addSecond() {
        seconds.add(new TripSecond(place, reception, nextEvent));
        nextEvent = TripEvent.NONE;
    }

    private static LocalPoint place(double eastKm, double northKm) {
        return new LocalPoint(eastKm * 1_000, northKm * 1_000);
    }

    private static double distanceM(LocalPoint one, LocalPoint other) {
        double east = one.eastM() - other.eastM();
        double north = one.northM() - other.northM();
        return Math.sqrt(east * east + north * north);
    }
}
