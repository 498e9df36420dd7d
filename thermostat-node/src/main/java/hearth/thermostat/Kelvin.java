package hearth.thermostat;

/** Temperature differences in kelvin. */
final class Kelvin {

    private static final double ROUNDING = 1e-9;

    private Kelvin() {}

    /** A difference equal to the threshold reaches it, although in doubles 20.0 − 19.8 is a little less than 0.2. */
    static boolean reaches(double difference, double threshold) {
        return difference >= threshold - ROUNDING;
    }
}
