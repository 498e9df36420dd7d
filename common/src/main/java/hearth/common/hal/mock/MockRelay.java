package hearth.common.hal.mock;

import hearth.common.hal.Relay;
import hearth.common.value.Pin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;

/** An output as a file with its electrical level; each change adds a line to a log. */
final class MockRelay implements Relay {

    private static final int UNKNOWN = -1;

    private final Path file;
    private final Path log;
    private final Pin pin;
    private final InstantSource clock;
    private final Instant begin;
    private int level = UNKNOWN;

    MockRelay(Path file, Path log, Pin pin, InstantSource clock, Instant begin) {
        this.file = file;
        this.log = log;
        this.pin = pin;
        this.clock = clock;
        this.begin = begin;
    }

    @Override
    public synchronized void set(boolean on) throws IOException {
        int wanted = on != pin.activeLow() ? 1 : 0;
        if (wanted == level) {
            return;
        }
        AtomicFile.replace(file, wanted + "\n");
        level = wanted;
        double seconds = Duration.between(begin, clock.instant()).toMillis() / 1000.0;
        Files.writeString(
                log,
                String.format(Locale.ROOT, "%.3f %d %d%n", seconds, pin.number(), level),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }
}
