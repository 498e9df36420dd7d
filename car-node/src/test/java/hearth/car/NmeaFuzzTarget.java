package hearth.car;

import hearth.common.value.Fix;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Fuzz target: a line of a serial receiver gives a position on Earth, or none. Each line is read as it is, and again
 * with a valid checksum, because the checksum rejects almost all damage.
 */
public final class NmeaFuzzTarget {

    private NmeaFuzzTarget() {}

    public static void fuzzerTestOneInput(byte[] input) {
        read(input);
    }

    public static boolean read(byte[] input) {
        String line = new String(input, StandardCharsets.ISO_8859_1); // As SerialPosition does.
        int from = line.startsWith("$") ? 1 : 0;
        int to = line.lastIndexOf('*');
        String content = line.substring(from, Math.max(from, to));
        boolean understood = hasFix(line);
        return hasFix(NmeaTest.sentence(content)) || understood;
    }

    private static boolean hasFix(String line) {
        Optional<Fix> fix = Nmea.fix(line);
        fix.ifPresent(GpsdFuzzTarget::requirePlausible);
        return fix.isPresent();
    }
}
