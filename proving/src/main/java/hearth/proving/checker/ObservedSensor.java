package hearth.proving.checker;

/**
 * The readings of one sensor as the airco receives them.
 *
 * <p>A reading more than 5 K from the one before is an outlier until another reading agrees. The same reading may
 * arrive twice from another node: a reading less than 3 s newer is a duplicate and confirms nothing.
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
        boolean restarted = at >= measuredAt + staleMs;
        if (!restarted && at < measuredAt) {
            return; // Older than the newest reading.
        }
        if (!restarted && remote && nowPlausible && at < measuredAt + DUPLICATE_MS) {
            newestC = celsius;
            return;
        }
        boolean continues = !restarted && plausible && nowPlausible;
        boolean agrees = continues && (isNear(celsius, newestC) || (confirmed && isNear(celsius, trustedC)));
        trustedC = agrees || !continues ? celsius : trustedC;
        confirmed = continues && (confirmed || agrees);
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

    /** Whether two consecutive readings have agreed. */
    boolean isConfirmed() {
        return confirmed;
    }

    double newestC() {
        return newestC;
    }

    /** The highest possible temperature: a single outlier starts no heating. */
    double warmestC() {
        return Math.max(newestC, trustedC);
    }

    double coldestC() {
        return Math.min(newestC, trustedC);
    }
}
