package hearth.proving.year;

/**
 * What is to be lived through.
 *
 * @param seed     of all chance
 * @param firstDay of the year: 0 is the 1st of January
 * @param days     how many
 * @param injectFaults whether things go wrong; people and weather are what they are in any case
 */
public record YearPlan(long seed, int firstDay, int days, boolean injectFaults) {

    public static final int DAYS_PER_YEAR = 365;

    public YearPlan {
        if (firstDay < 0 || days < 1) {
            throw new IllegalArgumentException("day " + firstDay + " and " + days + " more: must be 0 or later, and 1");
        }
    }

    /** From the 1st of January on, with everything going wrong. */
    public static YearPlan fromNewYear(long seed, int days) {
        return new YearPlan(seed, 0, days, true);
    }

    boolean isWholeYear() {
        return days >= DAYS_PER_YEAR && injectFaults;
    }
}
