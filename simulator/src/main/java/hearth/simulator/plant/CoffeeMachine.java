package hearth.simulator.plant;

import java.time.Duration;

/**
 * A filter coffee machine on a relay: heats 0.75 l of water while it is on and boils it for one minute; then the cup is
 * ready, about five minutes after a cold start. Taking the cup refills the machine.
 */
public final class CoffeeMachine {

    private static final double ELEMENT_W = 1_000;
    private static final double LOSS_W_PER_K = 1.5;
    private static final double WATER_J_PER_K = 0.75 * 4_186;
    private static final double COLD_C = 20;
    private static final double BOILING_C = 96;
    private static final Duration BOILING_TIME = Duration.ofMinutes(1);
    private static final double MAX_STEP_S = 1;

    private double waterC = COLD_C;
    private double boiledS;
    private double readyS;

    public double waterC() {
        return waterC;
    }

    public boolean ready() {
        return boiledS >= BOILING_TIME.toSeconds();
    }

    /** How long the cup has been ready; zero if it is not ready. */
    public Duration readyFor() {
        return Duration.ofMillis(Math.round(readyS * 1000));
    }

    public void advance(Duration time, boolean on) {
        double leftS = time.toNanos() / 1e9;
        while (leftS > 0) {
            double stepS = Math.min(leftS, MAX_STEP_S);
            step(stepS, on);
            leftS -= stepS;
        }
    }

    public void takeCup() {
        boiledS = 0;
        readyS = 0;
        waterC = COLD_C;
    }

    private void step(double seconds, boolean on) {
        if (ready()) {
            readyS += seconds;
        }
        double givenW = (on ? ELEMENT_W : 0) - LOSS_W_PER_K * (waterC - COLD_C);
        waterC += givenW * seconds / WATER_J_PER_K;
        if (waterC >= BOILING_C) {
            waterC = BOILING_C;
            boiledS += on ? seconds : 0;
        }
    }
}
