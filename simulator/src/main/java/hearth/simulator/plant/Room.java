package hearth.simulator.plant;

import java.time.Duration;

/**
 * A room model with two temperatures: the air with the furniture, and the walls, which are slow. One thermal resistance
 * joins the two, and one leads from each to the outside. Deterministic: the same steps give the same temperatures.
 *
 * <pre>
 * heater, cooler, 60 % of the sun → air ─── walls ← 40 % of the sun
 *                                    │        │
 *                                    └ outside┘
 * </pre>
 */
public final class Room {

    private static final double AIR_J_PER_K = 350e3;
    private static final double WALLS_J_PER_K = 8e6;
    private static final double AIR_TO_WALLS_W_PER_K = 130;
    private static final double AIR_TO_OUTSIDE_W_PER_K = 30;
    private static final double WALLS_TO_OUTSIDE_W_PER_K = 40;
    private static final double OPEN_WINDOW_W_PER_K = 120;
    private static final double SUN_INTO_AIR = 0.6;
    private static final double HEATER_W = 1_500;
    private static final double COOLER_W = 2_000;

    /** Well below the air's time constant of about half an hour, so that the plain Euler step is exact enough. */
    private static final double MAX_STEP_S = 1;

    private double airC;
    private double wallsC;
    private boolean windowOpen;

    public Room(double airC, double wallsC) {
        this.airC = airC;
        this.wallsC = wallsC;
    }

    public double airC() {
        return airC;
    }

    public double wallsC() {
        return wallsC;
    }

    public void window(boolean open) {
        windowOpen = open;
    }

    /** Simulates the time. Heating and cooling may be on together, as in a real room. */
    public void advance(Duration time, double outsideC, double sunW, boolean heating, boolean cooling) {
        double intoAirW = (heating ? HEATER_W : 0) - (cooling ? COOLER_W : 0) + SUN_INTO_AIR * sunW;
        double leftS = time.toNanos() / 1e9;
        while (leftS > 0) {
            double stepS = Math.min(leftS, MAX_STEP_S);
            step(stepS, outsideC, intoAirW, (1 - SUN_INTO_AIR) * sunW);
            leftS -= stepS;
        }
    }

    private void step(double seconds, double outsideC, double intoAirW, double intoWallsW) {
        double fromWallsW = AIR_TO_WALLS_W_PER_K * (wallsC - airC);
        double outwardsWPerK = AIR_TO_OUTSIDE_W_PER_K + (windowOpen ? OPEN_WINDOW_W_PER_K : 0);
        double airW = intoAirW + fromWallsW + outwardsWPerK * (outsideC - airC);
        double wallsW = intoWallsW - fromWallsW + WALLS_TO_OUTSIDE_W_PER_K * (outsideC - wallsC);
        airC += airW * seconds / AIR_J_PER_K;
        wallsC += wallsW * seconds / WALLS_J_PER_K;
    }
}
