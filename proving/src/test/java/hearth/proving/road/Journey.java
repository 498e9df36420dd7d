package hearth.proving.road;

import hearth.simulator.plant.Route.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A drive as it really was, second by second, before any receiver made something of it. Told in kilometres east and north
 * of home, and in km/h.
 */
public final class Journey {

    /** What befalls the car's node, not the car. */
    public enum Happening {
        NOTHING,
        POWER_CUT,
        POWER_BACK,
        COVERAGE_LOST,
        COVERAGE_BACK
    }

    public record Second(Place place, Sky sky, Happening happening) {}

    /** Nobody drives at one speed: it strays by so much of it, for about a minute. */
    private static final double STRAYING = 0.12;

    private static final double LASTING = 59.0 / 60;

    private final List<Second> seconds = new ArrayList<>();
    private final Random random = new Random(20);
    private Place place;
    private Sky sky = Sky.OPEN;
    private Happening next = Happening.NOTHING;
    private double straying;

    private Journey(Place place) {
        this.place = place;
    }

    public static Journey from(double eastKm, double northKm) {
        return new Journey(place(eastKm, northKm));
    }

    /** @param road corners on the way: east, north, east, north, and so on */
    public Journey drives(double kmh, double... road) {
        for (int i = 0; i < road.length; i += 2) {
            driveTo(place(road[i], road[i + 1]), kmh / 3.6);
        }
        return this;
    }

    public Journey stays(String time) {
        for (long s = Duration.parse("PT" + time).toSeconds(); s > 0; s--) {
            pass();
        }
        return this;
    }

    /** From here on. */
    public Journey under(Sky newSky) {
        sky = newSky;
        return this;
    }

    /** Here and now. */
    public Journey happens(Happening happening) {
        next = happening;
        return this;
    }

    public List<Second> seconds() {
        return List.copyOf(seconds);
    }

    private void driveTo(Place there, double mps) {
        for (double left = metres(place, there); left > 0; left = metres(place, there)) {
            straying = LASTING * straying + STRAYING * Math.sqrt(1 - LASTING * LASTING) * random.nextGaussian();
            double part = Math.min(1, mps * (1 + straying) / left);
            place = new Place(
                    place.eastM() + part * (there.eastM() - place.eastM()),
                    place.northM() + part * (there.northM() - place.northM()));
            place = part == 1 ? there : place;
            pass();
        }
    }

    private void pass() {
        seconds.add(new Second(place, sky, next));
        next = Happening.NOTHING;
    }

    private static Place place(double eastKm, double northKm) {
        return new Place(eastKm * 1_000, northKm * 1_000);
    }

    private static double metres(Place one, Place other) {
        double east = one.eastM() - other.eastM();
        double north = one.northM() - other.northM();
        return Math.sqrt(east * east + north * north);
    }
}
