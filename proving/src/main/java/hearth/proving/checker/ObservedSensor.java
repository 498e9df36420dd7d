package hearth.proving.checker;

/**
 * What one sensor is known to measure at the airco's skin.
 *
 * <p>A reading more than 5 K from the one before is an outlier until another agrees. The same reading may arrive twice
 * from another node: what is less than 3 s younger is a copy and confirms nothing.
 */
final class ObservedSensor {

    private static final double JUMP_K = 5;
    private static final long DUPLICATE_MS = 3_000;

    private final boolean remote;
    private final long staleMs;
    private double newestC;
    private double trustedC;
    private boolean confirmed;
    private boolean plausible;
    private long measuredAt = EventObserver.LONG_AGO;

    ObservedSensor(boolean remote, long staleMs) {
        this.remote = remote;
        this.staleMs = staleMs;
    }

    void forget() {
        measuredAt = EventObserver.LONG_AGO;
    }

    /** @param at when it was measured */
    void addReading(double celsius, boolean nowPlausible, long at) {
        boolean anew = at >= measuredAt + staleMs;
        if (!anew && at < measuredAt) {
            return; // Older than what is known.
        }
        if (!anew && remote && nowPlausible && at < measuredAt + DUPLICATE_MS) {
            newestC = celsius;
            return;
        }
        boolean goesOn = !anew && plausible && nowPlausible;
        boolean agrees = goesOn && (isNear(celsius, newestC) || (confirmed && isNear(celsius, trustedC)));
        trustedC = agrees || !goesOn ? celsius : trustedC;
        confirmed = goesOn && (confirmed || agrees);
        newestC = celsius;
        plausible = nowPlausible;
        measuredAt = at;
    }

    private static boolean isNear(double one, double other) {
        return Math.abs(one - other) <= JUMP_K;
    }

    boolean isFresh(long now) {
        return now < staleAt();
    }

    long staleAt() {
        return measuredAt + staleMs;
    }

    boolean isPlausible() {
        return plausible;
    }

    /** Whether another reading has agreed with one of this sensor lately. */
    boolean isConfirmed() {
        return confirmed;
    }

    double newestC() {
        return newestC;
    }

    /** The warmest it may be: a lone outlier heats nothing. */
    double warmestC() {
        return Math.max(newestC, trustedC);
    }

    double coldestC() {
        return Math.min(newestC, trustedC);
    }
}
