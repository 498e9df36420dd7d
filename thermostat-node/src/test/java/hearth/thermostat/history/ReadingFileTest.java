package hearth.thermostat.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hearth.common.value.Celsius;
import hearth.testkit.disk.CrashingDisk;
import hearth.thermostat.history.ReadingStore.StoredReading;
import hearth.thermostat.history.ReadingStore.TimestampedReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Readings in a file that is torn, damaged, deleted or replaced. */
final class ReadingFileTest {

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
    void thereIsNoFileUntilAReadingIsStored() throws IOException {
        ReadingFile store = new ReadingFile(file);

        assertThat(store.size()).isZero();
        assertThat(store.oldest(5)).isEmpty();
        assertThat(store.hasAcknowledgingConsumer()).isFalse();
        assertThat(file).doesNotExist();
    }

    @Test
    void syncedReadingsAreReadInTheirOrderAfterAPowerCut() throws IOException {
        ReadingFile store = new ReadingFile(file);
        TimestampedReading unsure = new TimestampedReading("boot", NOON, Optional.empty(), Celsius.of(-7.25));
        store.add(reading(1));
        store.add(unsure);
        store.add(reading(3));
        store.markAcknowledged();
        store.sync();

        ReadingFile again = new ReadingFile(file);

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
        ReadingFile store = new ReadingFile(file);
        store.add(reading(1));
        store.add(reading(2));
        store.sync();

        store.remove(store.oldest(2));
        store.remove(List.of(new StoredReading(2, reading(2))));
        store.add(reading(3));
        store.sync();

        assertThat(store.oldest(9)).containsExactly(new StoredReading(3, reading(3)));
        assertThat(new ReadingFile(file).oldest(9)).isEqualTo(store.oldest(9));
        assertThat(store.size()).isEqualTo(1);
    }

    /** The text is the format on the disk: a change here needs a new first line and an upgrade. */
    @Test
    void theFileIsTextWithOneChangePerLine() throws IOException {
        ReadingFile store = new ReadingFile(file);
        store.add(reading(1));
        store.sync();
        store.markAcknowledged();
        store.add(new TimestampedReading("boot", NOON, Optional.empty(), Celsius.of(-7.25)));
        store.remove(store.oldest(1));
        store.sync();

        assertThat(file).hasContent("""
                        hearth-readings 1 6a8bd519
                        reading 1 boot 1893499201000 1893499207000 1.0 01187d89
                        acknowledging 0a95d4d5
                        reading 2 boot 1893499200000 - -7.25 9afa21e5
                        removed 1 22b2ae14
                        """);
    }

    @Test
    void aSecondWriteThatIsTornAnywhereCostsNoSyncedReading() throws IOException {
        ReadingFile store = new ReadingFile(file);
        addAll(store, 1, 5);
        store.sync();
        int before = (int) Files.size(file);
        addAll(store, 6, 10);
        store.sync();
        byte[] after = Files.readAllBytes(file);
        CrashingDisk disk = new CrashingDisk(); // In memory, which is faster.

        for (int length = before; length <= after.length; length++) {
            for (byte[] torn : List.of(Arrays.copyOf(after, length), zerosFrom(after, length))) {
                Path where = Files.write(disk.path("/torn"), torn);
                ReadingFile read = new ReadingFile(where);
                int found = read.size();
                assertThat(found).as("torn at %d", length).isBetween(5, 10);
                assertThat(read.oldest(99)).as("torn at %d", length).isEqualTo(store.oldest(found));
                assertThat(damagedLines(where)).as("torn at %d", length).isZero();

                read.add(reading(7));
                read.sync();

                assertThat(new ReadingFile(where).size()).isEqualTo(found + 1);
                assertThat(new ChecksummedFile(where).read(line -> true).torn()).isFalse();
            }
        }
    }

    /** Whatever one damaged byte is part of: one reading is lost, or two if the line end is damaged. */
    @Test
    void aDamagedByteCostsOnlyTheReadingsOfItsLine() throws IOException {
        ReadingFile store = new ReadingFile(file);
        addAll(store, 1, 5);
        store.sync();
        byte[] good = Files.readAllBytes(file);
        List<StoredReading> all = store.oldest(5);
        CrashingDisk disk = new CrashingDisk();

        for (int at = 0; at < good.length; at++) {
            for (byte wrong : new byte[] {'\n', (byte) (good[at] ^ 1)}) {
                byte[] damaged = good.clone();
                damaged[at] = wrong;
                Path where = Files.write(disk.path("/damaged"), damaged);
                ReadingFile read = new ReadingFile(where);
                List<StoredReading> lost = new ArrayList<>(all);
                lost.removeAll(read.oldest(5));
                assertThat(lost).as("%d at %d", wrong, at).hasSizeLessThanOrEqualTo(2);
                assertThat(read.size()).isEqualTo(5 - lost.size());

                read.markAcknowledged();
                read.sync();

                assertThat(damagedLines(where)).as("reported once").isZero();
                assertThat(new ReadingFile(where).size()).isEqualTo(5 - lost.size());
            }
        }
    }

    @Test
    void aRemovedLineOfAReadingWhoseLineIsDamagedIsNoMistake() throws IOException {
        ReadingFile store = new ReadingFile(file);
        addAll(store, 1, 2);
        store.sync();
        store.remove(store.oldest(1));
        store.sync();
        Files.writeString(file, Files.readString(file).replace("reading 1 ", "reading ? "));

        assertThat(new ReadingFile(file).oldest(9)).isEqualTo(store.oldest(9));
        assertThat(damagedLines(file)).isEqualTo(1);
    }

    @Test
    void aLineThatAnotherVersionWroteIsIgnored() throws IOException {
        ReadingFile store = new ReadingFile(file);
        addAll(store, 1, 2);
        store.sync();
        String good = Files.readString(file);
        for (String line : List.of(
                "humidity 3 55",
                "reading 3 boot 1 2",
                "reading 3 boot 1 2 NaN",
                "reading three boot 1 2 3.0",
                "reading 1 boot 1 2 3.0",
                "removed all",
                "")) {
            Files.writeString(file, good + ChecksummedFile.withChecksum(line));
            assertThat(new ReadingFile(file).oldest(9)).as(line).isEqualTo(store.oldest(9));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, 5_000_000})
    void aFileWithoutAnyReadingIsRenamedAndANewOneIsUsed(int zeros) throws IOException {
        byte[] content = new byte[zeros];
        Files.write(file, content);

        ReadingFile store = new ReadingFile(file);
        store.add(reading(2));
        store.sync();

        assertThat(new ReadingFile(file).oldest(9)).containsExactly(new StoredReading(1, reading(2)));
        Path aside = folder.resolve("sensor.history.damaged");
        assertThat(Files.exists(aside)).isEqualTo(zeros > 0);
        if (zeros > 0) {
            assertThat(aside).hasBinaryContent(content);
        }
    }

    @Test
    void aFolderInPlaceOfTheFileIsReportedAndReadingsAreStoredOnceItIsGone() throws IOException {
        Files.createDirectory(file);
        ReadingFile store = new ReadingFile(file);
        assertThatThrownBy(() -> store.add(reading(1)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString());

        Files.delete(file);

        store.add(reading(2));
        assertThat(store.oldest(9)).extracting(StoredReading::reading).containsExactly(reading(2));
    }

    /** As on a full disk: what could not be written is still published, and stored as soon as there is space. */
    @Test
    void readingsThatCouldNotBeSyncedAreKeptInMemoryAndSyncedLater() throws IOException {
        ReadingFile store = new ReadingFile(file);
        store.add(reading(1));
        Path next = Files.createDirectory(folder.resolve("sensor.history.new"));
        assertThatThrownBy(store::sync).isInstanceOf(IOException.class).hasMessageContaining(file.toString());
        store.add(reading(2));
        assertThatThrownBy(store::sync).isInstanceOf(IOException.class);
        assertThat(store.size()).isEqualTo(2);

        Files.delete(next);
        store.sync();

        assertThat(new ReadingFile(file).oldest(9)).isEqualTo(store.oldest(9)).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSmallerFileTakesThePlaceOfALargeOneWhenItsReadingsAreRemoved(boolean acknowledged) throws IOException {
        ReadingFile store = new ReadingFile(file);
        if (acknowledged) {
            store.markAcknowledged();
        }
        addAll(store, 1, 60_000);
        store.sync();
        assertThat(Files.size(file)).isGreaterThan(2_500_000);

        store.remove(store.oldest(60_000));
        store.sync();

        assertThat(Files.size(file)).isLessThan(100);
        ReadingFile again = new ReadingFile(file);
        assertThat(again.hasAcknowledgingConsumer()).isEqualTo(acknowledged);
        assertThat(again.size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cut", "deleted", "replaced"})
    void aFileThatIsChangedUnderARunningNodeIsWrittenAgainFromMemory(String how) throws IOException {
        ReadingFile store = new ReadingFile(file);
        addAll(store, 1, 100);
        store.sync();
        switch (how) {
            case "cut" -> Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 1_000));
            case "deleted" -> Files.delete(file);
            default -> Files.writeString(file, "something else");
        }

        store.add(reading(101));
        store.sync();

        assertThat(new ReadingFile(file).oldest(200))
                .isEqualTo(store.oldest(200))
                .hasSize(101);
    }

    /** An outage per week for ten years, with a hundred readings each. */
    @Test
    void theFileDoesNotGrowAsReadingsComeAndGo() throws IOException {
        ReadingFile store = new ReadingFile(file);
        store.markAcknowledged();
        long largest = 0;
        for (int week = 0; week < 520; week++) {
            addAll(store, 1, 100);
            store.sync();
            store.remove(store.oldest(100));
            store.sync();
            largest = Math.max(largest, Files.size(file));
        }

        store.add(reading(1));
        assertThat(store.oldest(1)).extracting(StoredReading::number).containsExactly(520 * 100 + 1L);
        assertThat(store.hasAcknowledgingConsumer()).isTrue();
        assertThat(largest).isLessThan(70_000);
    }

    /** An outage that is longer than the week for which readings are kept. */
    @Test
    void theFileDoesNotGrowWhileTheOldestReadingsGiveWay() throws IOException {
        ReadingFile store = new ReadingFile(file);
        long largest = 0;
        for (int i = 1; i <= 50_000; i++) {
            store.add(reading(i % 1_000));
            store.remove(store.oldest(Math.max(0, store.size() - 10_080)));
            if (i % 100 == 0) {
                store.sync();
                largest = Math.max(largest, Files.size(file));
            }
        }

        assertThat(largest).isLessThan(1_300_000);
        assertThat(new ReadingFile(file).oldest(20_000))
                .isEqualTo(store.oldest(20_000))
                .hasSize(10_080);
    }

    private static TimestampedReading reading(int number) {
        return new TimestampedReading(
                "boot", NOON.plusSeconds(number), Optional.of(NOON.plusSeconds(7)), Celsius.of(number));
    }

    private static void addAll(ReadingFile store, int first, int last) {
        IntStream.rangeClosed(first, last).forEach(number -> {
            try {
                store.add(reading(number));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    private static int damagedLines(Path where) throws IOException {
        return new ChecksummedFile(where).read(line -> true).damaged();
    }

    private static byte[] zerosFrom(byte[] bytes, int length) {
        byte[] torn = bytes.clone();
        Arrays.fill(torn, length, torn.length, (byte) 0);
        return torn;
    }
}
