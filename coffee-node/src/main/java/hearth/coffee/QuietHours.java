package hearth.coffee;

import java.time.LocalTime;
import java.time.format.DateTimeParseException;

/** From one time of day to another, also over midnight. The end is excluded; two equal times are no quiet hours. */
record QuietHours(LocalTime from, LocalTime to) {

    static final QuietHours NONE = new QuietHours(LocalTime.MIN, LocalTime.MIN);

    /** @param text such as {@code 22:00-06:30} @throws IllegalArgumentException for anything else */
    static QuietHours parse(String text) {
        String[] ends = text.split("-", -1);
        try {
            if (ends.length == 2) {
                return new QuietHours(LocalTime.parse(ends[0].strip()), LocalTime.parse(ends[1].strip()));
            }
        } catch (DateTimeParseException e) {
            // Reported below.
        }
        throw new IllegalArgumentException("expected two times of day such as 22:00-06:30");
    }

    boolean areSet() {
        return !from.equals(to);
    }

    boolean contains(LocalTime time) {
        boolean overMidnight = to.isBefore(from);
        boolean afterBegin = !time.isBefore(from);
        boolean beforeEnd = time.isBefore(to);
        return overMidnight ? afterBegin || beforeEnd : afterBegin && beforeEnd;
    }
}
