package hearth.simulator.plant;

import java.time.LocalTime;

/** The weather of one spring day, the same every day: a cold night, a cloudy morning, sun from noon. Pure. */
public final class SpringDayWeather {

    private static final double MEAN_C = 9;
    private static final double SWING_K = 5;
    private static final double WARMEST_H = 15;

    private static final double CLOUDS_START_CLEARING_H = 12;
    private static final double CLOUDS_CLEARED_H = 12.25;
    private static final double SUN_REACHES_WINDOW_H = 9;
    private static final double SUN_LEAVES_WINDOW_H = 18;

    /** 5 m² of glass to the south-west, at most 700 W/m², of which 60 % pass the glass. */
    private static final double WINDOW_W = 2_100;

    public double outsideC(LocalTime hour) {
        return MEAN_C + SWING_K * StrictMath.cos(2 * Math.PI * (hours(hour) - WARMEST_H) / 24);
    }

    /** The power of the sun through the window, in watts; zero before noon and in the evening. */
    public double sunW(LocalTime hour) {
        double h = hours(hour);
        double clear = (h - CLOUDS_START_CLEARING_H) / (CLOUDS_CLEARED_H - CLOUDS_START_CLEARING_H);
        double way = (h - SUN_REACHES_WINDOW_H) / (SUN_LEAVES_WINDOW_H - SUN_REACHES_WINDOW_H);
        if (clear <= 0 || way >= 1) {
            return 0;
        }
        return WINDOW_W * Math.min(1, clear) * StrictMath.sin(Math.PI * way);
    }

    private static double hours(LocalTime hour) {
        return hour.toNanoOfDay() / 3.6e12;
    }
}
