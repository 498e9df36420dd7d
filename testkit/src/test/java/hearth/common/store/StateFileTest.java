package hearth.common.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hearth.testkit.disk.SymbolicLinks;
import hearth.testkit.fault.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The saved state after power cuts, with bad SD cards and with files of other programs. */
final class StateFileTest {

    private static final Map<String, String> FIRST = Map.of("target", "20.0", "mode", "heat");
    private static final Map<String, String> SECOND = Map.of("target", "21.5", "mode", "heat_cool");
    private static final Map<String, String> THIRD = Map.of("target", "19.0", "mode", "off");

    @TempDir
    Path folder;

    @AfterEach
    void noLinkIsLeft() throws IOException {
        SymbolicLinks.deleteBelow(folder);
    }

    @Test
    void aNewNodeHasNoSavedStateAndHasLostNone() {
        assertThat(read()).isEqualTo(new StateStore.SavedState(Map.of(), false));
    }

    @Test
    void whatIsWrittenIsReadBack() throws IOException {
        Map<String, String> entries = Map.of(
                "plain", "20.0",
                "empty", "",
                "spaced", "  two  words ",
                "equals", "a = b = c",
                "foreign", "Wärme · 温度 · 🌡",
                "trap", "crc32c 00000000",
                "a.key-of.parts", "x",
                "", "without a key");

        state().write(entries);

        assertThat(read()).isEqualTo(new StateStore.SavedState(entries, false));
    }

    @Test
    void anEmptyStateIsSavedToo() throws IOException {
        state().write(FIRST);
        state().write(Map.of());

        assertThat(read()).isEqualTo(new StateStore.SavedState(Map.of(), false));
    }

    @Test
    void theLatestStateIsRead() throws IOException {
        state().write(FIRST);
        state().write(SECOND);

        assertThat(read()).isEqualTo(new StateStore.SavedState(SECOND, false));
    }

    @Test
    void aMissingFolderIsCreated() throws IOException {
        Path missing = folder.resolve("var/lib/hearth");

        new StateFile(missing, "airco").write(FIRST);

        assertThat(new StateFile(missing, "airco").read()).isEqualTo(new StateStore.SavedState(FIRST, false));
    }

    @Test
    void twoNodesInOneFolderHaveSeparateFiles() throws IOException {
        state().write(FIRST);
        new StateFile(folder, "coffee").write(SECOND);

        assertThat(read().entries()).isEqualTo(FIRST);
    }

    @Test
    void theFileIsReadableTextAndTheSameEachTime() {
        String text = StateFile.format(Map.of("b", "2", "a", "1"));

        assertThat(text).startsWith("hearth-state 1\na = 1\nb = 2\ncrc32c ");
        assertThat(StateFile.parse(text)).contains(Map.of("a", "1", "b", "2"));
    }

    @Test
    @Fault("C5")
    void ifTheLatestFileIsTornAtAnyByteThePreviousIsRead() throws IOException {
        byte[] whole = generations();

        for (int length = 0; length < whole.length; length++) {
            Files.write(latest(), Arrays.copyOf(whole, length));

            assertThat(read()).as("torn at byte %d", length).isEqualTo(new StateStore.SavedState(FIRST, true));
        }
    }

    @Test
    @Fault("C5")
    void ifTheLatestFileEndsInZerosThePreviousIsRead() throws IOException {
        byte[] whole = generations();

        for (int length = 0; length < whole.length; length++) {
            Files.write(
                    latest(), Arrays.copyOf(Arrays.copyOf(whole, length), whole.length)); // As XFS and ext4 leave it.

            assertThat(read()).as("zeros from byte %d", length).isEqualTo(new StateStore.SavedState(FIRST, true));
        }
    }

    @Test
    void aFileWithASingleFlippedBitIsIgnored() throws IOException {
        byte[] whole = generations();

        for (int bit = 0; bit < whole.length * 8; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(latest(), flipped);

            assertThat(read()).as("bit %d", bit).isEqualTo(new StateStore.SavedState(FIRST, true));
        }
    }

    static Stream<String> foreign() {
        return Stream.of(
                "",
                "\n",
                "target = 20.0\n",
                "{\"target\":20.0}",
                "hearth-state 1\n",
                "hearth-state 1\ntarget = 30.0\n",
                "hearth-state 1\ntarget = 30.0\ncrc32c 00000000\n",
                StateFile.format(THIRD) + "target = 30.0\n",
                StateFile.format(THIRD) + "\n",
                "\n" + StateFile.format(THIRD),
                StateFile.format(THIRD).replace("\n", "\r\n"),
                "x".repeat(100_000),
                withChecksum("hearth-state 2\ntarget = 30.0\n"),
                withChecksum("hearth-state 10\ntarget = 30.0\n"),
                withChecksum("hearth-state 1\nno note\n"),
                withChecksum("hearth-state 1\n\n"),
                withChecksum("hearth-state 1\ntarget = 30.0\ntarget = 5.0\n"),
                withChecksum("hearth-state 1\n" + "a = b\n".repeat(20_000)));
    }

    @ParameterizedTest(name = "[{index}]")
    @MethodSource("foreign")
    @Fault({"C5", "H6"})
    void aFileOfAnotherProgramOrVersionIsIgnored(String content) throws IOException {
        generations();

        Files.writeString(latest(), content);

        assertThat(read()).isEqualTo(new StateStore.SavedState(FIRST, true));
    }

    @ParameterizedTest(name = "[{index}]")
    @MethodSource("foreign")
    @Fault("C5")
    void whenBothFilesAreDamagedTheStateIsReportedLost(String content) throws IOException {
        generations();

        Files.writeString(latest(), content);
        Files.writeString(before(), content);

        assertThat(read()).isEqualTo(new StateStore.SavedState(Map.of(), true));
    }

    @Test
    void aDamagedFileWithoutAPreviousOneIsReportedLost() throws IOException {
        Files.writeString(latest(), "torn");

        assertThat(read()).isEqualTo(new StateStore.SavedState(Map.of(), true));
    }

    @Test
    void aDamagedPreviousFileWithoutALatestIsReportedLost() throws IOException {
        Files.writeString(before(), "torn");

        assertThat(read()).isEqualTo(new StateStore.SavedState(Map.of(), true));
    }

    @Test
    void aFileThatIsNotTextIsIgnored() throws IOException {
        generations();

        Files.write(latest(), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1, 2});

        assertThat(read()).isEqualTo(new StateStore.SavedState(FIRST, true));
    }

    @Test
    void aDiskThatCannotBeReadIsReportedAsLostState() throws IOException {
        generations();
        for (Path file : List.of(latest(), before())) {
            Files.delete(file);
            Files.createSymbolicLink(file, Path.of("/proc/self/mem")); // Its first page gives EIO.
        }

        assertThat(read()).isEqualTo(new StateStore.SavedState(Map.of(), true));
    }

    @Test
    void aFolderInsteadOfTheFileIsReportedAsLostState() throws IOException {
        Files.createDirectories(latest().resolve("x"));

        assertThat(read()).isEqualTo(new StateStore.SavedState(Map.of(), true));
    }

    /** The power fails between the two renames: the second state was not yet reported as saved. */
    @Test
    @Fault("C5")
    void betweenTheTwoRenamesThePreviousFileIsCompleteAndNothingIsLost() throws IOException {
        state().write(FIRST);
        Files.writeString(folder.resolve("airco.state.new"), StateFile.format(SECOND));
        Files.move(latest(), before());

        assertThat(read()).isEqualTo(new StateStore.SavedState(FIRST, false));
    }

    @Test
    void anUnfinishedNewFileIsNeverReadAndDoesNoHarm() throws IOException {
        state().write(FIRST);
        Files.writeString(
                folder.resolve("airco.state.new"), StateFile.format(THIRD).repeat(9));
        assertThat(read()).isEqualTo(new StateStore.SavedState(FIRST, false));

        state().write(SECOND);

        assertThat(read()).isEqualTo(new StateStore.SavedState(SECOND, false));
        assertThat(folder.resolve("airco.state.new")).doesNotExist();
    }

    @Test
    void aDamagedFileNeverReplacesAValidPreviousOne() throws IOException {
        generations();
        Files.writeString(latest(), "torn");

        state().write(THIRD);
        assertThat(read()).isEqualTo(new StateStore.SavedState(THIRD, false));

        Files.writeString(latest(), "torn again");
        assertThat(read()).isEqualTo(new StateStore.SavedState(FIRST, true));
    }

    @Test
    void onAFullDiskTheWriteFailsAndThePreviousStateStays() throws IOException {
        state().write(FIRST);
        Path next = folder.resolve("airco.state.new");
        Files.createSymbolicLink(next, Path.of("/dev/full"));

        assertThatThrownBy(() -> state().write(SECOND))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("No space left");

        assertThat(read()).isEqualTo(new StateStore.SavedState(FIRST, false));
        Files.delete(next);
        state().write(SECOND);
        assertThat(read()).isEqualTo(new StateStore.SavedState(SECOND, false));
    }

    @Test
    void ifNoFileCanBeCreatedTheWriteFailsAndThePreviousStateStays() throws IOException {
        state().write(FIRST);
        Files.createDirectory(folder.resolve("airco.state.new"));

        assertThatThrownBy(() -> state().write(SECOND)).isInstanceOf(IOException.class);

        assertThat(read()).isEqualTo(new StateStore.SavedState(FIRST, false));
    }

    @Test
    void aFileInsteadOfTheFolderFailsTheWriteAndReadsAsEmpty() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        StateFile state = new StateFile(file, "airco");

        assertThatThrownBy(() -> state.write(FIRST)).isInstanceOf(IOException.class);

        assertThat(state.read()).isEqualTo(new StateStore.SavedState(Map.of(), false));
    }

    @ParameterizedTest(name = "[{index}]")
    @ValueSource(strings = {"two\nlines", "two\rlines", "\n"})
    void aLineBreakInAnEntryIsABug(String value) {
        assertThatThrownBy(() -> state().write(Map.of("a", value))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> state().write(Map.of(value, "a"))).isInstanceOf(IllegalArgumentException.class);

        assertThat(latest()).doesNotExist();
    }

    @Test
    void anEqualsSignInAKeyIsABug() {
        assertThatThrownBy(() -> state().write(Map.of("a = b", "c"))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aStateTooLargeToBeReadIsNotWritten() throws IOException {
        state().write(FIRST);

        assertThatThrownBy(() -> state().write(Map.of("a", "x".repeat(64 * 1024))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("at most 65536");

        assertThat(read()).isEqualTo(new StateStore.SavedState(FIRST, false));
    }

    @Test
    void theLargestStateIsReadBackAndALargerFileIsIgnored() throws IOException {
        int frame = StateFile.format(Map.of("a", "")).length();
        Map<String, String> most = Map.of("a", "x".repeat(64 * 1024 - frame));
        Map<String, String> more = Map.of("a", "x".repeat(64 * 1024 - frame + 1));

        state().write(most);
        assertThat(read()).isEqualTo(new StateStore.SavedState(most, false));
        Files.writeString(latest(), StateFile.format(more));

        assertThat(read()).isEqualTo(new StateStore.SavedState(Map.of(), true));
    }

    /** The second state on disk, with the first as the previous file. */
    private byte[] generations() throws IOException {
        state().write(FIRST);
        state().write(SECOND);
        return Files.readAllBytes(latest());
    }

    private StateFile state() {
        return new StateFile(folder, "airco");
    }

    private StateStore.SavedState read() {
        return state().read();
    }

    private Path latest() {
        return folder.resolve("airco.state");
    }

    private Path before() {
        return folder.resolve("airco.state.old");
    }

    private static String withChecksum(String body) {
        CRC32C crc = new CRC32C();
        crc.update(body.getBytes(StandardCharsets.UTF_8));
        return String.format("%scrc32c %08x%n", body, crc.getValue());
    }
}
