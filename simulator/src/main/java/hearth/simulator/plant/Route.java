package hearth.simulator.plant;

import hearth.common.value.Position;
import java.time.Duration;
import java.util.Random;

/**
 * A drive between two places near home, along a winding road, with stops at lights. Pure once made.
 *
 * <p>Places are metres east and north of home, on a flat Earth: good to 1 % within the 50 km that it is for.
 */
public final class Route {

    /** Metres east and north of home. */
    public record Place(double eastM, double northM) {

        public static final Place HOME = new Place(0, 0);

        public Position seenFrom(Position home) {
            double perDegree = 111_195;
            double narrower = StrictMath.cos(Math.toRadians(home.latitudeDeg()));
            return new Position(
                    home.latitudeDeg() + northM / perDegree, home.longitudeDeg() + eastM / (perDegree * narrower));
        }

        public double metresFromHome() {
            return Math.sqrt(eastM * eastM + northM * northM);
        }
    }

    private static final double LEG_M = 700;
    private static final double WINDING = 0.25;
    private static final double SLOWEST_MPS = 7;
    private static final double FASTEST_MPS = 24;
    private static final double LIGHTS_S = 45;

    private final Place[] places;
    private final double[] seconds;

    public Route(Place from, Place to, Random random) {
        double east = to.eastM - from.eastM;
        double north = to.northM - from.northM;
        double lengthM = Math.sqrt(east * east + north * north);
        int legs = Math.max(2, (int) (lengthM / LEG_M));
        places = new Place[legs + 1];
        seconds = new double[legs + 1];
        for (int i = 0; i <= legs; i++) {
            double part = (double) i / legs;
            double aside = i == 0 || i == legs ? 0 : WINDING * LEG_M * (2 * random.nextDouble() - 1) / lengthM;
            places[i] = new Place(from.eastM + east * part - north * aside, from.northM + north * part + east * aside);
            if (i > 0) {
                double nearTown = Math.min(1, places[i].metresFromHome() / 8_000);
                double mps = SLOWEST_MPS + (FASTEST_MPS - SLOWEST_MPS) * nearTown * (0.6 + 0.4 * random.nextDouble());
                double waits = random.nextInt(4) == 0 ? LIGHTS_S * random.nextDouble() : 0;
                seconds[i] = seconds[i - 1] + distanceM(places[i - 1], places[i]) / mps + waits;
            }
        }
    }

    public Duration duration() {
        return Duration.ofMillis((long) (seconds[seconds.length - 1] * 1000));
    }

    public Place end() {
        return places[places.length - 1];
    }

    /** @param since the start; before it the car is at its start, afterwards at its end */
    public Place at(Duration since) {
        double second = Math.max(0, since.toMillis() / 1000.0);
        int next = 1;
        while (next < seconds.length && seconds[next] <= second) {
            next++;
        }
        if (next == seconds.length) {
            return end();
        }
        double part = (second - seconds[next - 1]) / (seconds[next] - seconds[next - 1]);
        Place from = places[next - 1];
        Place to = places[next];
        return new Place(from.eastM + part * (to.eastM - from.eastM), from.northM + part * (to.northM - from.northM));
    }

    private static double distanceM(Place one, Place other) {
        double east = one.eastM - other.eastM;
        double north = one.northM - other.northM;
        return Math.sqrt(east * east + north * north);
    }
}
