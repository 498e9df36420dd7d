package hearth.thermostat.history;

import hearth.common.value.Celsius;
import hearth.thermostat.history.ReadingStore.StoredReading;
import hearth.thermostat.history.ReadingStore.TimestampedReading;
import java.time.Instant;
import java.util.Optional;

/**
 * A stored reading in 52 bytes of memory, as 100 000 of them must fit into a node's heap of 24 MB.
 *
 * <p>The text is {@code number boot monotonic-ms wall-ms celsius}; {@code wall-ms} is {@code -} if the machine did not
 * know the time.
 */
record ReadingLine(long number, String boot, long monotonicMs, long wallMs, double degrees) {

    private static final long NO_WALL_TIME = Long.MIN_VALUE;

    static ReadingLine of(long number, TimestampedReading reading) {
        return new ReadingLine(
                number,
                reading.boot(),
                reading.monotonicTime().toEpochMilli(),
                reading.wallTime().map(Instant::toEpochMilli).orElse(NO_WALL_TIME),
                reading.celsius().degrees());
    }

    /** @throws IllegalArgumentException if the text is not a reading */
    static ReadingLine parse(String text) {
        String[] words = text.split(" ", -1);
        if (words.length != 5) {
            throw new IllegalArgumentException("expected 5 words: " + text);
        }
        return new ReadingLine(
                Long.parseLong(words[0]),
                words[1].intern(), // Thousands of readings have the same boot id.
                Long.parseLong(words[2]),
                words[3].equals("-") ? NO_WALL_TIME : Long.parseLong(words[3]),
                Celsius.of(Double.parseDouble(words[4])).degrees());
    }

    String text() {
        String wall = wallMs == NO_WALL_TIME ? "-" : Long.toString(wallMs);
        return number + " " + boot + " " + monotonicMs + " " + wall + " " + degrees;
    }

    StoredReading reading() {
        Optional<Instant> wallTime =
                wallMs == NO_WALL_TIME ? Optional.empty() : Optional.of(Instant.ofEpochMilli(wallMs));
        return new StoredReading(
                number, new TimestampedReading(boot, Instant.ofEpochMilli(monotonicMs), wallTime, Celsius.of(degrees)));
    }
}
