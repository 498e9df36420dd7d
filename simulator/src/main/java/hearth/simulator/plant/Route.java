package hearth.simulator.plant;

import hearth.common.value.Position;
import java.time.Duration;
import java.util.Random;

/**
 * A car trip between two places near home, along a winding road, with stops at traffic lights. Immutable.
 *
 * <p>Places are metres east and north of home on a flat Earth, which is accurate to 1 % within 50 km.
 */
public final class Route {

    /** Metres east and north of home. */
    public record LocalPoint(double eastM, double northM) {

        public static final LocalPoint HOME = new LocalPoint(0, 0);

        public Position toPosition(Position home) {
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
    private static final double MIN_MPS = 7;
    private static final double MAX_MPS = 24;
    private static final double TRAFFIC_LIGHT_S = 45;

    private final LocalPoint[] places;
    private final double[] seconds;

    public Route(LocalPoint from, LocalPoint to, Random random) {
        double east = to.eastM - from.eastM;
        double north = to.northM - from.northM;
        double lengthM = Math.sqrt(east * east + north * north);
        int legs = Math.max(2, (int) (lengthM / LEG_M));
        places = new LocalPoint[legs + 1];
        seconds = new double[legs + 1];
        for (int i = 0; i <= legs; i++) {
            double part = (double) i / legs;
            double aside = i == 0 || i == legs ? 0 : WINDING * LEG_M * (2 * random.nextDouble() - 1) / lengthM;
            places[i] =
                    new LocalPoint(from.eastM + east * part - north * aside, from.northM + north * part + east * aside);
            if (i > 0) {
                double nearTown = Math.min(1, places[i].metresFromHome() / 8_000);
                double mps = MIN_MPS + (MAX_MPS - MIN_MPS) * nearTown * (0.6 + 0.4 * random.nextDouble());
                double waits = random.nextInt(4) == 0 ? TRAFFIC_LIGHT_S * random.nextDouble() : 0;
                seconds[i] = seconds[i - 1] + distanceM(places[i - 1], places[i]) / mps + waits;
            }
        }
    }

    public Duration duration() {
        return Duration.ofMillis((long) (seconds[seconds.length - 1] * 1000));
    }

    public LocalPoint end() {
        return places[places.length - 1];
    }

    /** @param since the time since the departure; before it the car is at the start, after the arrival at the end */
    public LocalPoint at(Duration since) {
        double second = Math.max(0, since.toMillis() / 1000.0);
        int next = 1;
        while (next < seconds.length && seconds[next] <= second) {
            next++;
        }
        if (next == seconds.length) {
            return end();
        }
        double part = (second - seconds[next - 1]) / (seconds[next] - seconds[next - 1]);
        LocalPoint from = places[next - 1];
        LocalPoint to = places[next];
        return new LocalPoint(
                from.eastM + part * (to.eastM - from.eastM), from.northM + part * (to.northM - from.northM));
    }

    private static double distanceM(LocalPoint one, LocalPoint other) {
        double east = one.eastM - other.eastM;
        double north = one.northM - other.northM;
        return Math.sqrt(east * east + north * north);
    }
}
