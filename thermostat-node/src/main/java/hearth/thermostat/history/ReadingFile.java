package hearth.thermostat.history;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.tinylog.Logger;

/**
 * A {@link ReadingStore} in one text file. Each line is one change with a checksum:
 *
 * <pre>
 * hearth-readings 1 6a8bd519
 * reading 1 4f1c9a7be2d0 1893499260000 1893499263000 20.0625 dfde09fa
 * removed 1 22b2ae14
 * acknowledging 0a95d4d5
 * </pre>
 *
 * <p>{@link #sync} appends the changes since the last sync. It writes a new file from memory instead if the file has 1 000
 * lines more than twice the number of readings, if a line in it is damaged or torn, or after a failure. The file exists
 * from the first sync on. It is read at the first use; damaged lines are ignored.
 *
 * <p>Not safe for several threads.
 */
public final class ReadingFile implements ReadingStore {

    private static final String FIRST_LINE = "hearth-readings 1";
    private static final String READING = "reading ";
    private static final String REMOVED = "removed ";
    private static final String ACKNOWLEDGING = "acknowledging";
    private static final int SPARE_LINES = 1_000;

    private final Path file;
    private final ChecksummedFile content;
    private final int spareLines;
    private final List<ReadingLine> readings = new ArrayList<>(); // Sorted by number.
    private final StringBuilder unsynced = new StringBuilder();
    private boolean loaded;
    private boolean acknowledging;
    private boolean rewrite; // The next sync writes a new file.
    private long lastNumber;
    private int lines; // Those in the file and those not yet synced.

    public ReadingFile(Path file) {
        this(file, SPARE_LINES);
    }

    ReadingFile(Path file, int spareLines) {
        this.file = file;
        this.content = new ChecksummedFile(file);
        this.spareLines = spareLines;
    }

    @Override
    public void add(TimestampedReading reading) throws IOException {
        load();
        ReadingLine line = ReadingLine.of(++lastNumber, reading);
        readings.add(line);
        onChange(READING + line.text());
    }

    @Override
    public List<StoredReading> oldest(int count) throws IOException {
        load();
        return readings.stream().limit(count).map(ReadingLine::reading).toList();
    }

    @Override
    public void remove(Collection<StoredReading> removed) throws IOException {
        load();
        for (StoredReading reading : removed) {
            if (remove(reading.number())) {
                onChange(REMOVED + reading.number());
            }
        }
    }

    @Override
    public int size() throws IOException {
        load();
        return readings.size();
    }

    @Override
    public boolean hasAcknowledgingConsumer() throws IOException {
        load();
        return acknowledging;
    }

    @Override
    public void markAcknowledged() throws IOException {
        load();
        acknowledging = true;
        onChange(ACKNOWLEDGING);
    }

    @Override
    public void sync() throws IOException {
        load();
        if (!rewrite && unsynced.isEmpty()) {
            return;
        }
        try {
            boolean append = !rewrite && content.isUnchanged();
            rewrite = true; // After a failure it is unknown which part is on the disk.
            if (append) {
                content.append(unsynced.toString());
            } else {
                content.replace(allLines());
                lines = (int) allLines().count();
            }
            rewrite = false;
        } catch (IOException e) {
            throw withFile(e);
        } finally {
            unsynced.setLength(0);
        }
    }

    private Stream<String> allLines() {
        return Stream.concat(
                acknowledging ? Stream.of(FIRST_LINE, ACKNOWLEDGING) : Stream.of(FIRST_LINE),
                readings.stream().map(reading -> READING + reading.text()));
    }

    private void onChange(String line) {
        lines++;
        rewrite |= lines > 2 * readings.size() + spareLines;
        if (rewrite) {
            unsynced.setLength(0); // The memory has all readings, and the next sync writes them.
        } else {
            unsynced.append(ChecksummedFile.withChecksum(line));
        }
    }

    private boolean remove(long number) {
        int index = Collections.binarySearch(
                readings, new ReadingLine(number, "", 0, 0, 0), Comparator.comparingLong(ReadingLine::number));
        return index >= 0 && readings.remove(index) != null;
    }

    private void load() throws IOException {
        if (loaded) {
            return;
        }
        readings.clear(); // An attempt before this one may have failed half way.
        lastNumber = 0;
        try {
            ChecksummedFile.Lines found = content.read(this::isApplied);
            lines = found.good() + found.damaged();
            rewrite = found.torn() || found.damaged() > 0 || found.good() == 0;
            if (found.good() == 0 && Files.size(file) > 0) {
                readOtherFormat();
            } else if (found.damaged() > 0) {
                Logger.warn(
                        "{}: {} of {} lines are damaged and are ignored; the other readings are kept. If this is"
                                + " reported again, replace the SD card",
                        file,
                        found.damaged(),
                        lines);
            }
        } catch (NoSuchFileException e) {
            rewrite = true;
        } catch (IOException e) {
            throw withFile(e);
        }
        loaded = true;
    }

    private boolean isApplied(String line) {
        try {
            if (line.startsWith(READING)) {
                ReadingLine reading = ReadingLine.parse(line.substring(READING.length()));
                return reading.number() > lastNumber && isAdded(reading);
            }
            if (line.startsWith(REMOVED)) {
                remove(Long.parseLong(line.substring(REMOVED.length()))); // Its own line may be damaged.
                return true;
            }
            acknowledging |= line.equals(ACKNOWLEDGING);
            return line.equals(ACKNOWLEDGING) || line.equals(FIRST_LINE);
        } catch (IllegalArgumentException e) { // The checksum is right: another version wrote this line.
            return false;
        }
    }

    private boolean isAdded(ReadingLine reading) {
        lastNumber = reading.number();
        return readings.add(reading);
    }

    private void readOtherFormat() throws IOException {
        Optional<MvStoreFile> old = MvStoreFile.read(file);
        if (old.isPresent()) {
            old.get().readings().forEach(this::isAdded);
            acknowledging = old.get().acknowledging();
            Logger.info("{}: {} readings stored by version 0.1.0 were read", file, readings.size());
        } else {
            Path aside = file.resolveSibling(file.getFileName() + ".damaged");
            Files.move(file, aside, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            Logger.warn(
                    "{} is damaged: no line in it is a stored reading. Renamed to {}; a new file is used",
                    file,
                    aside.getFileName());
        }
    }

    private IOException withFile(IOException e) {
        return new IOException(file + ": " + e.getMessage(), e);
    }
}
