package hearth.proving.year;

/**
 * What is to be lived through.
 *
 * @param seed     of all chance
 * @param firstDay of the year: 0 is the 1st of January
 * @param days     how many
 * @param mischief whether things go wrong; people and weather are what they are in any case
 */
public record Plan(long seed, int firstDay, int days, boolean mischief) {

    public static final int WHOLE_YEAR = 365;

    public Plan {
        if (firstDay < 0 || days < 1) {
            throw new IllegalArgumentException("day " + firstDay + " and " + days + " more: must be 0 or later, and 1");
        }
    }

    /** From the 1st of January on, with everything going wrong. */
    public static Plan fromNewYear(long seed, int days) {
        return new Plan(seed, 0, days, true);
    }

    boolean isWholeYear() {
        return days >= WHOLE_YEAR && mischief;
    }
}
