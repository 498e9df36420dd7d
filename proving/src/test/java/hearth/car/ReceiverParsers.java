package hearth.car;

import hearth.common.value.Fix;
import java.util.Optional;

/** What the drivers make of a receiver's words, where there is no line to say them on. */
public final class ReceiverParsers {

    private ReceiverParsers() {}

    public static Optional<Fix> nmea(String line) {
        return Nmea.fix(line);
    }

    public static Optional<Fix> gpsd(String line) {
        return GpsdPosition.fix(line);
    }
}
