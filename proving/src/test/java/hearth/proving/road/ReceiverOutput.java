package hearth.proving.road;

import hearth.common.value.Position;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The output of a receiver in one second: its position, if it has one.
 *
 * @param quality the fix quality of NMEA: 0 no fix, 1 fix, 6 estimated
 */
public record ReceiverOutput(Instant time, int quality, Position position, double hdop) {

    /** gpsd 3.22 reports the horizontal error as this many metres times HDOP. */
    private static final double RANGE_ERROR_M = 19;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HHmmss.00", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** The NMEA sentences of a serial receiver. */
    public String nmea() {
        String place = quality == 0
                ? ",,,"
                : degrees("%02d%08.5f", position.latitudeDeg())
                        + (position.latitudeDeg() < 0 ? ",S," : ",N,")
                        + degrees("%03d%08.5f", position.longitudeDeg())
                        + (position.longitudeDeg() < 0 ? ",W" : ",E");
        String content = String.format(
                Locale.ROOT,
                "GPGGA,%s,%s,%d,%02d,%.1f,12.0,M,46.0,M,,",
                TIME.format(time),
                place,
                quality,
                quality == 0 ? 0 : 8,
                quality == 0 ? 99.9 : hdop);
        int checksum = content.chars().reduce(0, (sum, letter) -> sum ^ letter);
        return String.format(Locale.ROOT, "$%s*%02X", content, checksum);
    }

    /** The JSON of gpsd. */
    public String gpsd() {
        if (quality == 0) {
            return "{\"class\":\"TPV\",\"device\":\"/dev/ttyUSB0\",\"mode\":1}";
        }
        return String.format(
                Locale.ROOT,
                "{\"class\":\"TPV\",\"device\":\"/dev/ttyUSB0\",%s\"mode\":3,\"time\":\"%s\",\"lat\":%.9f,\"lon\":%.9f,"
                        + "\"eph\":%.3f}",
                quality == 6 ? "\"status\":5," : "",
                time,
                position.latitudeDeg(),
                position.longitudeDeg(),
                hdop * RANGE_ERROR_M);
    }

    private static String degrees(String format, double degrees) {
        double whole = Math.floor(Math.abs(degrees));
        return String.format(Locale.ROOT, format, (int) whole, (Math.abs(degrees) - whole) * 60);
    }
}
