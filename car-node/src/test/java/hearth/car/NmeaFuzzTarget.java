package hearth.car;

import hearth.common.value.Fix;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What may come from a receiver on a serial line, as a target: a place on Earth, or nothing. Each line is read as it
 * came, and once more with a checksum that fits, as hardly any damage would get past it.
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
        boolean understood = isPlace(line);
        return isPlace(NmeaTest.sentence(content)) || understood;
    }

    private static boolean isPlace(String line) {
        Optional<Fix> fix = Nmea.fix(line);
        fix.ifPresent(GpsdFuzzTarget::requirePlausible);
        return fix.isPresent();
    }
}
