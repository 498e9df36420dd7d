package hearth.thermostat.history;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.value.Celsius;
import hearth.testkit.disk.CrashingDisk;
import hearth.testkit.disk.CrashingDisk.CrashState;
import hearth.testkit.disk.PowerCutSchedule;
import hearth.testkit.disk.SimulatedPowerCut;
import hearth.thermostat.history.ReadingStore.StoredReading;
import hearth.thermostat.history.ReadingStore.TimestampedReading;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An upgrade of a node whose readings are in a file of version 0.1.0.
 *
 * <p>The files are from the store of version 0.1.0 with h2-mvstore 2.4.240, one commit per reading, taken while the store
 * was open. {@code readings-0.1.0}: 250 readings in two boots and an acknowledging consumer; then the first 40 were
 * removed. {@code short-0.1.0}: five readings, no acknowledging consumer.
 */
final class MvStoreFileTest {

    private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");
    private static final TimestampedReading LATER =
            new TimestampedReading("boot", NOON.plusSeconds(9), Optional.empty(), Celsius.of(9));

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
    void anUpgradeKeepsReadingsTheirIdsAndTheAcknowledgingConsumer() throws IOException {
        Files.write(file, resource("readings-0.1.0"));

        ReadingFile store = new ReadingFile(file);

        List<StoredReading> expected = IntStream.rangeClosed(41, 250)
                .mapToObj(number -> stored(number, number <= 100 ? "4f1c9a7be2d0" : "b81d03e6a5f7"))
                .toList();
        assertThat(store.oldest(1_000)).isEqualTo(expected);
        assertThat(store.oldest(1).get(0).id()).isEqualTo("4f1c9a7be2d0-41");
        assertThat(store.hasAcknowledgingConsumer()).isTrue();
    }

    @Test
    void theOldFileIsNotTouchedUntilTheFirstSync() throws IOException {
        byte[] old = resource("short-0.1.0");
        Files.write(file, old);
        ReadingFile store = new ReadingFile(file);
        assertThat(store.size()).isEqualTo(5);
        assertThat(store.hasAcknowledgingConsumer()).isFalse();
        store.add(LATER);
        assertThat(file).hasBinaryContent(old);

        store.sync();

        assertThat(Files.readString(file)).startsWith("hearth-readings 1 ");
        assertThat(new ReadingFile(file).oldest(9))
                .isEqualTo(store.oldest(9))
                .hasSize(6)
                .endsWith(new StoredReading(6, LATER));
    }

    /** A power cut during version 0.1.0 may have cost the end of the file. */
    @Test
    void ofATornFileTheNewestCompleteCommitIsRead() throws IOException {
        byte[] old = resource("short-0.1.0");
        int found = 0;
        for (int length = 0; length < old.length; length += 64) {
            Files.write(file, Arrays.copyOf(old, length));
            int size = new ReadingFile(file).size();
            assertThat(size).as("%d bytes", length).isGreaterThanOrEqualTo(found);
            found = size;
        }
        assertThat(found).isGreaterThanOrEqualTo(4);
    }

    @Test
    void aDamagedFileNeverStopsTheNode() throws IOException {
        byte[] old = resource("readings-0.1.0");
        int read = 0;
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            byte[] damaged = old.clone();
            for (int i = random.nextInt(200); i >= 0; i--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            Path where = Files.write(folder.resolve("damaged"), damaged);
            read += MvStoreFile.read(where).isPresent() ? 1 : 0; // It throws nothing.
        }
        assertThat(read).isGreaterThan(20);
    }

    @Test
    void aPowerCutAtAnyStepOfTheUpgradeLosesNoReading() throws IOException {
        PowerCutSchedule steps = new PowerCutSchedule();
        upgrade(nodeOfVersion010().withListener(steps));
        assertThat(steps.moments()).isGreaterThan(10);

        for (int moment = 0; moment < steps.moments(); moment++) {
            CrashingDisk disk = nodeOfVersion010().withListener(new PowerCutSchedule(moment));
            boolean upgraded = isUpgraded(disk);
            for (CrashState left : CrashingDisk.distinct(disk.crashStates())) {
                List<StoredReading> found = new ReadingFile(path(left.disk())).oldest(9);
                assertThat(found)
                        .as("moment %d: %s", moment, left.description())
                        .startsWith(stored(1, "4f1c9a7be2d0"), stored(2, "4f1c9a7be2d0"), stored(3, "4f1c9a7be2d0"))
                        .hasSizeBetween(upgraded ? 6 : 5, 6);
                upgrade(left.disk());
            }
        }
    }

    private static boolean isUpgraded(CrashingDisk disk) throws IOException {
        try {
            upgrade(disk);
            return true;
        } catch (SimulatedPowerCut e) {
            return false;
        }
    }

    private static void upgrade(CrashingDisk disk) throws IOException {
        ReadingFile store = new ReadingFile(path(disk));
        store.add(LATER);
        store.sync();
    }

    private static CrashingDisk nodeOfVersion010() throws IOException {
        CrashingDisk disk = new CrashingDisk();
        Files.createDirectories(path(disk).resolve(".."));
        Files.write(path(disk), resource("short-0.1.0"));
        try (FileChannel channel = FileChannel.open(path(disk), StandardOpenOption.READ)) {
            channel.force(true);
        }
        return disk.copy(); // All of it is on the disk.
    }

    private static Path path(CrashingDisk disk) {
        return disk.path("/hearth/sensor.history");
    }

    private static StoredReading stored(int number, String boot) {
        Instant at = NOON.plusSeconds(60L * number);
        Optional<Instant> wallTime = number % 7 == 0 ? Optional.empty() : Optional.of(at.plusSeconds(3));
        return new StoredReading(
                number, new TimestampedReading(boot, at, wallTime, Celsius.of(20 + number % 48 / 16.0)));
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in =
                        Objects.requireNonNull(MvStoreFileTest.class.getResourceAsStream(name + ".history.gz"), name);
                GZIPInputStream unpacked = new GZIPInputStream(in)) {
            return unpacked.readAllBytes();
        }
    }
}
