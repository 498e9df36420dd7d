package hearth.common.core;

import java.time.Instant;
import java.util.stream.Stream;

/** Finds the next instant at which something changes without an input. */
public final class Deadlines {

    private Deadlines() {}

    /** The earliest deadline after now; {@link Instant#MAX} if there is none. Past deadlines are ignored. */
    public static Instant next(Instant now, Stream<Instant> deadlines) {
        return deadlines.filter(now::isBefore).min(Instant::compareTo).orElse(Instant.MAX);
    }
}
