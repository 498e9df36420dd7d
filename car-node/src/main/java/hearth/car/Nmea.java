package hearth.car;

import hearth.common.value.Fix;
import hearth.common.value.Position;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the sentences of a receiver on a serial line (NMEA 0183). Only {@code GGA} is used: it has the position, the kind
 * of fix, and the factor by which the geometry of the satellites increases the error (HDOP).
 *
 * <pre>
 * $GPGGA,123519,5222.3873,N,00453.5572,E,1,08,0.9,545.4,M,46.9,M,,*41
 * </pre>
 */
final class Nmea {

    private static final Pattern SENTENCE = Pattern.compile("\\$([A-Z]{2}[A-Z]{3},[ -)+-~]*)\\*([0-9A-Fa-f]{2})");
    private static final Pattern LATITUDE = Pattern.compile("([0-9]{2})([0-5][0-9]\\.[0-9]{1,8})");
    private static final Pattern LONGITUDE = Pattern.compile("([0-9]{3})([0-5][0-9]\\.[0-9]{1,8})");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,4}(\\.[0-9]{1,4})?");

    private static final int QUALITY = 6;
    private static final int HDOP = 8;
    private static final int MIN_FIELDS = 10;

    /** Error of the range of one satellite, 95 % of the time, the value of gpsd (libgpsd_core.c, H_UERE). */
    private static final double RANGE_ERROR_M = 15;

    /** The same with corrections from a ground station. */
    private static final double CORRECTED_RANGE_ERROR_M = 3.75;

    private Nmea() {}

    /** The fix in a GGA sentence with a valid checksum; empty for any other line, or if the receiver has no fix. */
    static Optional<Fix> fix(String line) {
        Matcher sentence = SENTENCE.matcher(line.strip());
        if (!sentence.matches() || checksum(sentence.group(1)) != Integer.parseInt(sentence.group(2), 16)) {
            return Optional.empty();
        }
        String[] fields = sentence.group(1).split(",", -1);
        if (!fields[0].endsWith("GGA") || fields.length < MIN_FIELDS) {
            return Optional.empty();
        }
        double rangeErrorM =
                switch (fields[QUALITY]) {
                    case "1", "3" -> RANGE_ERROR_M;
                    case "2", "4", "5" -> CORRECTED_RANGE_ERROR_M;
                    default ->
                        Double.NaN; // No fix, or a position that was not measured: dead reckoning, manual, simulated.
                };
        double latitudeDeg = degrees(LATITUDE, fields[2], fields[3], "N", "S");
        double longitudeDeg = degrees(LONGITUDE, fields[4], fields[5], "E", "W");
        boolean measured = !Double.isNaN(rangeErrorM) && Math.abs(latitudeDeg) <= 90 && Math.abs(longitudeDeg) <= 180;
        return measured
                ? Optional.of(new Fix(new Position(latitudeDeg, longitudeDeg), errorM(fields[HDOP], rangeErrorM)))
                : Optional.empty();
    }

    private static double errorM(String hdop, double rangeErrorM) {
        return NUMBER.matcher(hdop).matches() ? Double.parseDouble(hdop) * rangeErrorM : Double.POSITIVE_INFINITY;
    }

    private static double degrees(Pattern pattern, String text, String hemisphere, String positive, String negative) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.matches() || !(hemisphere.equals(positive) || hemisphere.equals(negative))) {
            return Double.NaN;
        }
        double degrees = Integer.parseInt(matcher.group(1)) + Double.parseDouble(matcher.group(2)) / 60;
        return hemisphere.equals(positive) ? degrees : -degrees;
    }

    private static int checksum(String text) {
        return text.chars().reduce(0, (sum, letter) -> sum ^ letter);
    }
}
