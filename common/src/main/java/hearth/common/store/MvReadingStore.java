package hearth.common.store;

import hearth.common.value.Celsius;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
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
 * A {@link ReadingStore} in one file of H2's MVStore, opened with the first use: a node whose broker never went away has
 * no such file and loads no such class.
 *
 * <p>Not safe for several threads.
 */
public final class MvReadingStore implements ReadingStore {

    private static final String ACKNOWLEDGED = "acknowledged";
    private static final int CACHE_MB = 1;
    private static final long MUCH_FOR_NOTHING = 1 << 20;

    private final Path file;
    private @Nullable Open open;
    private long last; // Outlives a damaged file: a number is given once.

    public MvReadingStore(Path file) {
        this.file = file;
    }

    @Override
    public void add(Taken reading) throws IOException {
        use(store -> store.readings.put(++last, format(reading)));
    }

    @Override
    public List<Kept> oldest(int count) throws IOException {
        if (isNew()) {
            return List.of();
        }
        return use(store -> {
            List<Kept> oldest = new ArrayList<>();
            Cursor<Long, String> readings = store.readings.cursor(null);
            while (oldest.size() < count && readings.hasNext()) {
                long number = readings.next();
                oldest.add(new Kept(number, parse(readings.getValue())));
            }
            return oldest;
        });
    }

    @Override
    public void remove(Collection<Kept> readings) throws IOException {
        use(store -> {
            readings.forEach(reading -> store.readings.remove(reading.number()));
            return readings;
        });
    }

    @Override
    public int size() throws IOException {
        return isNew() ? 0 : use(store -> store.readings.size());
    }

    @Override
    public boolean isAcknowledged() throws IOException {
        return !isNew() && use(store -> store.about.containsKey(ACKNOWLEDGED));
    }

    @Override
    public void acknowledged() throws IOException {
        use(store -> store.about.put(ACKNOWLEDGED, "yes"));
    }

    @Override
    public void sync() throws IOException {
        boolean empty = use(store -> {
            store.store.commit();
            store.store.sync();
            return store.readings.isEmpty();
        });
        if (empty && Files.size(file) > MUCH_FOR_NOTHING) {
            beginAnew();
        }
    }

    /** MVStore takes its time to use space again. A power cut in here costs no reading, as there is none. */
    private void beginAnew() throws IOException {
        boolean acknowledged = isAcknowledged();
        close();
        Files.delete(file);
        if (acknowledged) {
            acknowledged();
            sync();
        }
    }

    /** Nothing was ever kept, so there is nothing to open. */
    private boolean isNew() {
        return open == null && !Files.exists(file);
    }

    private <T> T use(Use<T> use) throws IOException {
        Open store = open == null ? open() : open;
        try {
            return use.of(store);
        } catch (MVStoreException e) {
            close(); // It has closed itself, or will do nothing good any more.
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private void close() {
        if (open != null) {
            open.store.closeImmediately();
            open = null;
        }
    }

    private Open open() throws IOException {
        Open fresh;
        try {
            fresh = Open.at(file);
        } catch (MVStoreException e) {
            if (!isDamaged(e)) {
                throw new IOException(file + ": " + e.getMessage(), e);
            }
            Path aside = file.resolveSibling(file.getFileName() + ".damaged");
            Logger.warn("{} is damaged and was put aside as {}: {}", file, aside.getFileName(), e.getMessage());
            Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
            fresh = Open.at(file);
        }
        open = fresh;
        Long highest = fresh.readings.lastKey();
        last = Math.max(last, highest == null ? 0 : highest);
        return fresh;
    }

    private static boolean isDamaged(MVStoreException e) {
        return e.getErrorCode() == DataUtils.ERROR_FILE_CORRUPT
                || e.getErrorCode() == DataUtils.ERROR_UNSUPPORTED_FORMAT
                || e.getErrorCode() == DataUtils.ERROR_INTERNAL;
    }

    private static String format(Taken reading) {
        return String.join(
                " ",
                reading.boot(),
                Long.toString(reading.steady().toEpochMilli()),
                reading.wall().map(at -> Long.toString(at.toEpochMilli())).orElse("-"),
                Double.toString(reading.celsius().degrees()));
    }

    private static Taken parse(String text) {
        String[] words = text.split(" ", -1);
        return new Taken(
                words[0],
                Instant.ofEpochMilli(Long.parseLong(words[1])),
                words[2].equals("-") ? Optional.empty() : Optional.of(Instant.ofEpochMilli(Long.parseLong(words[2]))),
                Celsius.of(Double.parseDouble(words[3])));
    }

    /** What is done with an open store. */
    private interface Use<T> {
        T of(Open store);
    }

    /** An open file. Types are named: MVStore's own default would read any Java object that is in it. */
    private record Open(MVStore store, MVMap<Long, String> readings, MVMap<String, String> about) {

        static Open at(Path file) {
            MVStore store = new MVStore.Builder()
                    .fileName(file.toString())
                    .autoCommitDisabled() // Nor has it a thread then.
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
            return new Open(store, readings, about);
        }
    }
}
