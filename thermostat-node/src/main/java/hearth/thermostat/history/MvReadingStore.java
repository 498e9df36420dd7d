package hearth.thermostat.history;

import hearth.common.store.StateFile;
import hearth.common.value.Celsius;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.LongDataType;
import org.h2.mvstore.type.StringDataType;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * A {@link ReadingStore} in one file of H2's MVStore. The file is opened at first use: without an outage of the broker
 * there is no file, and no class of MVStore is loaded.
 *
 * <p>Not thread-safe.
 */
public final class MvReadingStore implements ReadingStore {

    private static final String ACKNOWLEDGED = "acknowledged";
    private static final int CACHE_MB = 1;
    private static final long MAX_EMPTY_FILE_BYTES = 1 << 20;

    private final Path folder;
    private final Path file;
    private @Nullable OpenStore open;
    private long last; // Kept when a damaged file is replaced: a number is used only once.

    public MvReadingStore(Path file) {
        this.folder = Objects.requireNonNull(file.toAbsolutePath().getParent(), "the file has a folder");
        this.file = file;
    }

    @Override
    public void add(TimestampedReading reading) throws IOException {
        use(store -> store.readings.put(++last, format(reading)));
    }

    @Override
    public List<StoredReading> oldest(int count) throws IOException {
        if (hasNoFile()) {
            return List.of();
        }
        return use(store -> {
            List<StoredReading> oldest = new ArrayList<>();
            Cursor<Long, String> readings = store.readings.cursor(null);
            while (oldest.size() < count && readings.hasNext()) {
                long number = readings.next();
                oldest.add(new StoredReading(number, parse(readings.getValue())));
            }
            return oldest;
        });
    }

    @Override
    public void remove(Collection<StoredReading> readings) throws IOException {
        use(store -> {
            readings.forEach(reading -> store.readings.remove(reading.number()));
            return readings;
        });
    }

    @Override
    public int size() throws IOException {
        return hasNoFile() ? 0 : use(store -> store.readings.size());
    }

    @Override
    public boolean hasAcknowledgingConsumer() throws IOException {
        return !hasNoFile() && use(store -> store.about.containsKey(ACKNOWLEDGED));
    }

    @Override
    public void markAcknowledged() throws IOException {
        use(store -> store.about.put(ACKNOWLEDGED, "yes"));
    }

    @Override
    public void sync() throws IOException {
        boolean empty = use(store -> {
            store.store.commit();
            store.store.sync();
            return store.readings.isEmpty();
        });
        if (empty && Files.size(file) > MAX_EMPTY_FILE_BYTES) {
            recreateFile();
        }
    }

    /** MVStore reuses free space late. A power cut in this method loses no reading, because the file is empty. */
    private void recreateFile() throws IOException {
        boolean acknowledged = hasAcknowledgingConsumer();
        close();
        Files.delete(file);
        if (acknowledged) {
            markAcknowledged();
            sync();
        }
    }

    /** No reading was ever stored. */
    private boolean hasNoFile() {
        return open == null && !Files.exists(file);
    }

    private <T> T use(StoreAction<T> action) throws IOException {
        OpenStore store = open == null ? open() : open;
        try {
            return action.of(store);
        } catch (MVStoreException e) {
            close(); // It has closed itself, or cannot be used any more.
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private void close() {
        if (open != null) {
            open.store.closeImmediately();
            open = null;
        }
    }

    private OpenStore open() throws IOException {
        OpenStore opened;
        try {
            opened = OpenStore.at(file);
        } catch (MVStoreException e) {
            if (!isDamaged(e)) {
                throw new IOException(file + ": " + e.getMessage(), e);
            }
            Path renamed = file.resolveSibling(file.getFileName() + ".damaged");
            Logger.warn(
                    "{} is damaged and was renamed to {}; its readings are not published: {}",
                    file,
                    renamed.getFileName(),
                    e.getMessage());
            Files.move(file, renamed, StandardCopyOption.REPLACE_EXISTING);
            opened = OpenStore.at(file);
        }
        open = opened;
        StateFile.syncFolder(folder); // The file may be new; its name must survive a power cut.
        Long highest = opened.readings.lastKey();
        last = Math.max(last, highest == null ? 0 : highest);
        return opened;
    }

    private static boolean isDamaged(MVStoreException e) {
        return e.getErrorCode() == DataUtils.ERROR_FILE_CORRUPT
                || e.getErrorCode() == DataUtils.ERROR_UNSUPPORTED_FORMAT
                || e.getErrorCode() == DataUtils.ERROR_INTERNAL;
    }

    private static String format(TimestampedReading reading) {
        return String.join(
                " ",
                reading.boot(),
                Long.toString(reading.monotonicTime().toEpochMilli()),
                reading.wallTime().map(at -> Long.toString(at.toEpochMilli())).orElse("-"),
                Double.toString(reading.celsius().degrees()));
    }

    private static TimestampedReading parse(String text) {
        String[] words = text.split(" ", -1);
        return new TimestampedReading(
                words[0],
                Instant.ofEpochMilli(Long.parseLong(words[1])),
                words[2].equals("-") ? Optional.empty() : Optional.of(Instant.ofEpochMilli(Long.parseLong(words[2]))),
                Celsius.of(Double.parseDouble(words[3])));
    }

    /** An action on an open store. */
    private interface StoreAction<T> {
        T of(OpenStore store);
    }

    /** An open file. The types are explicit, because MVStore by default deserialises any Java object in the file. */
    private record OpenStore(MVStore store, MVMap<Long, String> readings, MVMap<String, String> about) {

        static OpenStore at(Path file) {
            MVStore store = new MVStore.Builder()
                    .fileName(file.toString())
                    .autoCommitDisabled() // MVStore then has no thread of its own.
                    .cacheSize(CACHE_MB)
                    .open();
            MVMap<Long, String> readings = store.openMap(
                    "readings",
                    new MVMap.Builder<Long, String>()
                            .keyType(LongDataType.INSTANCE)
                            .valueType(StringDataType.INSTANCE));
            MVMap<String, String> about = store.openMap(
                    "about",
                    new MVMap.Builder<String, String>()
                            .keyType(StringDataType.INSTANCE)
                            .valueType(StringDataType.INSTANCE));
            return new OpenStore(store, readings, about);
        }
    }
}
