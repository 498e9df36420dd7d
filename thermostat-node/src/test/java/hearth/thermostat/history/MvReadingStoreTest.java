package hearth.thermostat.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hearth.common.value.Celsius;
import hearth.thermostat.history.ReadingStore.StoredReading;
import hearth.thermostat.history.ReadingStore.TimestampedReading;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Readings on a disk that loses its power, wears out and fills up. */
final class MvReadingStoreTest {

    private static final int HEADER = 2 * 4096; // MVStore writes it twice, and uses the copy that is whole.
    private static final int MANY = 60_000;
    private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("sensor.history");
    }

    @Test
    void withoutReadingsThereIsNoFile() throws IOException {
        MvReadingStore store = new MvReadingStore(file);

        assertThat(store.size()).isZero();
        assertThat(store.oldest(5)).isEmpty();
        assertThat(store.hasAcknowledgingConsumer()).isFalse();
        assertThat(file).doesNotExist();
    }

    @Test
    void syncedReadingsSurviveAPowerCutInOrder() throws IOException {
        MvReadingStore store = new MvReadingStore(file);
        TimestampedReading unsure = new TimestampedReading("boot", NOON, Optional.empty(), Celsius.of(-7.25));
        store.add(reading(1));
        store.add(unsure);
        store.add(reading(3));
        store.markAcknowledged();
        store.sync();

        MvReadingStore again = new MvReadingStore(copy("again"));

        assertThat(again.oldest(9))
                .containsExactly(
                        new StoredReading(1, reading(1)),
                        new StoredReading(2, unsure),
                        new StoredReading(3, reading(3)));
        assertThat(again.oldest(2)).hasSize(2);
        assertThat(again.hasAcknowledgingConsumer()).isTrue();
    }

    @Test
    void aRemovedReadingIsGoneAndItsNumberIsNotUsedAgain() throws IOException {
        MvReadingStore store = new MvReadingStore(file);
        store.add(reading(1));
        store.add(reading(2));

        store.remove(store.oldest(2));
        store.add(reading(3));

        assertThat(store.oldest(9)).containsExactly(new StoredReading(3, reading(3)));
        assertThat(store.size()).isEqualTo(1);
    }

    /** Wherever the second write is cut: the readings of the first are there, or those of both. */
    @Test
    void aTornWriteLosesNoSyncedReading() throws IOException {
        MvReadingStore store = new MvReadingStore(file);
        IntStream.rangeClosed(1, 50).forEach(i -> add(store, i));
        store.sync();
        byte[] before = Files.readAllBytes(file);
        IntStream.rangeClosed(51, 80).forEach(i -> add(store, i));
        store.sync();
        byte[] after = Files.readAllBytes(file);

        int tried = 0;
        for (int length = before.length; length <= after.length; length += 61) {
            for (byte[] header : List.of(before, after)) {
                byte[] torn = Arrays.copyOf(after, length);
                System.arraycopy(header, 0, torn, 0, HEADER);
                Path where = Files.write(folder.resolve("torn-" + tried++), torn);
                MvReadingStore read = new MvReadingStore(where);
                assertThat(read.oldest(50)).as("torn at %d", length).hasSize(50);
                assertThat(read.size()).isIn(50, 80);
            }
        }
        assertThat(tried).isGreaterThan(20);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, 4096, 9000})
    void aDamagedFileIsRenamedAndANewOneIsCreated(int good) throws IOException {
        MvReadingStore store = new MvReadingStore(file);
        store.add(reading(1));
        store.sync();
        byte[] content = Files.readAllBytes(copy("content"));
        Arrays.fill(content, Math.min(good, content.length), content.length, (byte) 0);
        Path damaged = Files.write(folder.resolve("damaged.history"), content);

        MvReadingStore read = new MvReadingStore(damaged);
        read.add(reading(2));
        read.sync();

        assertThat(read.oldest(9)).extracting(StoredReading::reading).contains(reading(2));
        assertThat(new MvReadingStore(Files.copy(damaged, folder.resolve("again"))).oldest(9))
                .extracting(StoredReading::reading)
                .contains(reading(2));
    }

    @Test
    void aFolderInPlaceOfTheFileIsAnErrorUntilItIsRemoved() throws IOException {
        Files.createDirectory(file);
        MvReadingStore store = new MvReadingStore(file);
        assertThatThrownBy(() -> store.add(reading(1)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString());

        Files.delete(file);

        store.add(reading(2));
        assertThat(store.oldest(9)).extracting(StoredReading::reading).containsExactly(reading(2));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theAcknowledgementFlagSurvivesAPowerCutAfterANewFile(boolean acknowledged) throws IOException {
        MvReadingStore store = new MvReadingStore(file);
        if (acknowledged) {
            store.markAcknowledged();
        }
        IntStream.rangeClosed(1, MANY).forEach(i -> add(store, i));
        store.sync();
        long large = Files.size(file);
        store.remove(store.oldest(MANY));

        store.sync();

        assertThat(large).isGreaterThan(1 << 20);
        assertThat(file.toFile().length()).isLessThan(1 << 20); // 0 if it does not exist.
        assertThat(new MvReadingStore(acknowledged ? copy("again") : file).hasAcknowledgingConsumer())
                .isEqualTo(acknowledged);
    }

    @Test
    void aFileDamagedWhileItIsOpenIsAnErrorAndThenANewOneIsCreated() throws IOException {
        MvReadingStore filled = new MvReadingStore(file);
        IntStream.rangeClosed(1, MANY).forEach(i -> add(filled, i));
        filled.sync();
        Path torn = copy("torn");
        MvReadingStore store = new MvReadingStore(torn);
        assertThat(store.size()).isEqualTo(MANY); // It is open, and little of it is read.
        try (FileChannel channel = FileChannel.open(torn, StandardOpenOption.WRITE)) {
            channel.truncate(0);
        }

        assertThatThrownBy(() -> store.oldest(MANY))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(torn.toString());

        store.add(reading(7));
        assertThat(store.oldest(9)).containsExactly(new StoredReading(MANY + 1, reading(7)));
    }

    /** Ten years with one outage per week, a hundred readings each. */
    @Test
    void theFileDoesNotGrowAlthoughReadingsAreAddedAndRemoved() throws IOException {
        MvReadingStore store = new MvReadingStore(file);
        store.markAcknowledged();
        for (int week = 0; week < 520; week++) {
            IntStream.range(0, 100).forEach(i -> add(store, i));
            store.sync();
            store.remove(store.oldest(100));
            store.sync();
        }

        store.add(reading(1));
        assertThat(store.oldest(1)).extracting(StoredReading::number).containsExactly(520 * 100 + 1L);
        assertThat(store.hasAcknowledgingConsumer()).isTrue();
        assertThat(Files.size(file)).isLessThan(2_000_000);
    }

    private static TimestampedReading reading(int number) {
        return new TimestampedReading(
                "boot", NOON.plusSeconds(number), Optional.of(NOON.plusSeconds(7)), Celsius.of(number));
    }

    private static void add(MvReadingStore store, int number) {
        try {
            store.add(reading(number));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The file on disk, as no process has it open. */
    private Path copy(String name) throws IOException {
        return Files.copy(file, folder.resolve(name));
    }
}
