package hearth.common.value;

import java.util.Locale;

/** A temperature in °C. A difference between two is a plain double in kelvin, named {@code …K}. */
public record Celsius(double degrees) implements Comparable<Celsius> {

    private static final double ABSOLUTE_ZERO = -273.15;

    /** @throws IllegalArgumentException for NaN, infinity, and below absolute zero */
    public Celsius {
        if (!Double.isFinite(degrees) || degrees < ABSOLUTE_ZERO) {
            throw new IllegalArgumentException("not a temperature: " + degrees + " °C");
        }
        degrees = degrees + 0.0; // -0.0 becomes 0.0: the same temperature, but records compare bits.
    }

    public static Celsius of(double degrees) {
        return new Celsius(degrees);
    }

    public Celsius plusK(double kelvin) {
        return new Celsius(degrees + kelvin);
    }

    /** How much warmer this is than the other, in kelvin; negative if it is colder. */
    public double minusK(Celsius other) {
        return degrees - other.degrees;
    }

    public boolean isAtMost(Celsius other) {
        return degrees <= other.degrees;
    }

    public boolean isAtLeast(Celsius other) {
        return degrees >= other.degrees;
    }

    public static Celsius warmer(Celsius one, Celsius other) {
        return one.isAtLeast(other) ? one : other;
    }

    public static Celsius colder(Celsius one, Celsius other) {
        return one.isAtMost(other) ? one : other;
    }

    @Override
    public int compareTo(Celsius other) {
        return Double.compare(degrees, other.degrees);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.2f °C", degrees);
    }
}
