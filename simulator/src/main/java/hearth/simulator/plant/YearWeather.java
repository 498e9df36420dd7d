package hearth.simulator.plant;

import java.time.Duration;
import java.util.Random;

/**
 * The weather of whole years, different for each seed: seasons, days and nights, fronts, clouds. Time counts from 1
 * January, 00:00. Pure; identical to the last bit on every machine.
 */
public final class YearWeather {

    private static final double MEAN_C = 10;
    private static final double SEASON_SWING_K = 9.5;
    private static final double COLDEST_DAY = 20;
    private static final double DAILY_SWING_K = 4;
    private static final double WARMEST_H = 15;

    private static final double FRONT_PERSISTENCE = 0.88;
    private static final double FRONT_K = 1.9;
    private static final double FRONTS_PER_DAY = 4;

    /** Through 5 m² of glass to the south-west at noon on the clearest day. */
    private static final double WINDOW_W = 1_700;

    private static final double SUN_NOON_H = 13.5;

    private final double[] frontsK;
    private final double[] clearness;

    /** @param days the length of the simulation */
    public YearWeather(long seed, int days) {
        Random random = new Random(seed);
        frontsK = new double[(int) (days * FRONTS_PER_DAY) + 2];
        double front = 0;
        for (int i = 0; i < frontsK.length; i++) {
            front = FRONT_PERSISTENCE * front + FRONT_K * (random.nextDouble() + random.nextDouble() - 1);
            frontsK[i] = front;
        }
        clearness = new double[days + 2];
        for (int i = 0; i < clearness.length; i++) {
            clearness[i] = random.nextDouble();
        }
    }

    public double outsideC(Duration since) {
        double days = days(since);
        double season = -SEASON_SWING_K * cosine((days - COLDEST_DAY) / 365);
        double night = DAILY_SWING_K * cosine(days - WARMEST_H / 24);
        return MEAN_C + season + night + frontK(days * FRONTS_PER_DAY);
    }

    /** The power of the sun through the window, in watts. */
    public double sunW(Duration since) {
        double days = days(since);
        double summer = 0.5 - 0.5 * cosine((days - COLDEST_DAY) / 365);
        double halfDayH = 3 + 2.5 * summer;
        double way = (hour(days) - SUN_NOON_H) / halfDayH;
        if (Math.abs(way) >= 1) {
            return 0;
        }
        return WINDOW_W * (0.4 + 0.6 * summer) * clearness[(int) days] * cosine(way / 4);
    }

    private double frontK(double fronts) {
        int before = (int) fronts;
        double part = fronts - before;
        return frontsK[before] * (1 - part) + frontsK[before + 1] * part;
    }

    private static double hour(double days) {
        return (days - Math.floor(days)) * 24;
    }

    private static double days(Duration since) {
        return since.toMillis() / 86_400_000.0;
    }

    private static double cosine(double turns) {
        return StrictMath.cos(2 * Math.PI * turns);
    }
}
