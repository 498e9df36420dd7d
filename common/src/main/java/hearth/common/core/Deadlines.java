package hearth.common.core;

import java.time.Instant;
import java.util.stream.Stream;

/** Of all the moments at which something may change by itself, the next. */
public final class Deadlines {

    private Deadlines() {}

    /** The earliest after now; {@link Instant#MAX} if there is none. One that is over is passed over. */
    public static Instant next(Instant now, Stream<Instant> deadlines) {
        return deadlines.filter(now::isBefore).min(Instant::compareTo).orElse(Instant.MAX);
    }
}
