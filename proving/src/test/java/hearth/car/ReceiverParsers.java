package hearth.car;

import hearth.common.value.Fix;
import java.util.Optional;

/** The parsers of the receiver drivers, for tests without a serial line or a gpsd. */
public final class ReceiverParsers {

    private ReceiverParsers() {}

    public static Optional<Fix> nmea(String line) {
        return Nmea.fix(line);
    }

    public static Optional<Fix> gpsd(String line) {
        return GpsdPosition.fix(line);
    }
}
