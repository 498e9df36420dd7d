package hearth.common.value;

/** A place on Earth, WGS 84, in degrees. */
public record Position(double latitudeDeg, double longitudeDeg) {

    private static final double EARTH_RADIUS_M = 6_371_000;

    /** @throws IllegalArgumentException for NaN and for values out of range */
    public Position {
        if (!(Math.abs(latitudeDeg) <= 90 && Math.abs(longitudeDeg) <= 180)) {
            throw new IllegalArgumentException("not on Earth: " + latitudeDeg + ", " + longitudeDeg);
        }
    }

    /**
     * Great-circle distance in metres; within 0.5 % of the ellipsoid, which is far less than the error of a GPS fix.
     * The result is bit-identical on every machine, because a recorded day must replay exactly.
     */
    public double metresTo(Position other) {
        double dLat = Math.toRadians(other.latitudeDeg - latitudeDeg);
        double dLon = Math.toRadians(other.longitudeDeg - longitudeDeg);
        double h = square(StrictMath.sin(dLat / 2))
                + StrictMath.cos(Math.toRadians(latitudeDeg))
                        * StrictMath.cos(Math.toRadians(other.latitudeDeg))
                        * square(StrictMath.sin(dLon / 2));
        return 2 * EARTH_RADIUS_M * StrictMath.asin(Math.min(1, Math.sqrt(h)));
    }

    private static double square(double x) {
        return x * x;
    }
}
