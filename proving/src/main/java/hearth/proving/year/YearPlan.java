package hearth.proving.year;

/**
 * The days to simulate.
 *
 * @param seed         of all random numbers
 * @param firstDay     the day of the year; 0 is 1 January
 * @param days         the number of days
 * @param injectFaults false for a year without faults; residents and weather are the same
 */
public record YearPlan(long seed, int firstDay, int days, boolean injectFaults) {

    public static final int DAYS_PER_YEAR = 365;

    public YearPlan {
        if (firstDay < 0 || days < 1) {
            throw new IllegalArgumentException("first day " + firstDay + ", " + days
                    + " days: expected a first day of 0 or later and 1 day or more");
        }
    }

    /** From 1 January, with injected faults. */
    public static YearPlan fromNewYear(long seed, int days) {
        return new YearPlan(seed, 0, days, true);
    }

    boolean isWholeYear() {
        return days >= DAYS_PER_YEAR && injectFaults;
    }
}
