package hearth.common.hal.mock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hearth.common.hal.Problem;
import hearth.common.hal.Relay;
import hearth.common.hal.Switch;
import hearth.common.hal.Wiring;
import hearth.common.value.Pin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folder that stands for a board, as people and the simulator use it. */
final class MockHalTest {

    @TempDir
    Path folder;

    private Instant now = Instant.parse("2030-01-01T00:00:00Z");

    @Test
    void aRelaySetsTheLevelOfItsPin() throws IOException {
        Relay relay = hal().relay(new Pin(17, false));

        relay.set(true);
        assertThat(level(17)).isEqualTo("1\n");

        relay.set(false);
        assertThat(level(17)).isEqualTo("0\n");
    }

    @Test
    void anActiveLowRelayHasTheOppositeLevel() throws IOException {
        Relay relay = hal().relay(new Pin(17, true));

        relay.set(true);
        assertThat(level(17)).isEqualTo("0\n");

        relay.set(false);
        assertThat(level(17)).isEqualTo("1\n");
        assertThat(log()).containsExactly("0.000 17 0", "0.000 17 1");
    }

    @Test
    void aRelayIsNotChangedBeforeItIsSwitched() {
        hal().relay(new Pin(17, true));

        assertThat(folder.resolve("gpio")).doesNotExist();
        assertThat(folder.resolve("gpio.log")).doesNotExist();
    }

    @Test
    void theLogHasALineForEachChangeWithTheSecondsSinceTheStart() throws IOException {
        MockHal hal = hal();
        Relay heat = hal.relay(new Pin(17, false));
        Relay cool = hal.relay(new Pin(27, false));

        heat.set(false);
        cool.set(false);
        pass(Duration.ofMillis(1_500));
        heat.set(true);
        heat.set(true);
        pass(Duration.ofHours(3));
        heat.set(true);
        heat.set(false);
        heat.set(false);

        assertThat(log()).containsExactly("0.000 17 0", "0.000 27 0", "1.500 17 1", "10801.500 17 0");
    }

    @Test
    void afterARestartTheLogContinuesAndItsFirstLineIsOff() throws IOException {
        hal().relay(new Pin(17, false)).set(true);

        hal().relay(new Pin(17, false)).set(false);

        assertThat(log()).containsExactly("0.000 17 1", "0.000 17 0");
    }

    @Test
    void aRelayThatCannotBeSwitchedThrowsAndKeepsItsState() throws IOException {
        Relay relay = hal().relay(new Pin(17, false));
        Files.createDirectories(folder.resolve("gpio/17/in-the-way"));

        assertThatThrownBy(() -> relay.set(true)).isInstanceOf(IOException.class);
        assertThat(folder.resolve("gpio.log")).doesNotExist();
        assertThat(folder.resolve("gpio")).as("no file is left").isDirectoryNotContaining("glob:**.new");

        Files.delete(folder.resolve("gpio/17/in-the-way"));
        Files.delete(folder.resolve("gpio/17"));
        relay.set(true);
        assertThat(level(17)).isEqualTo("1\n");
    }

    @Test
    void anInputIsOpenAtFirstAlsoIfItIsActiveLow() throws IOException {
        Switch cup = hal().input(new Pin(22, false));
        Switch tank = hal().input(new Pin(23, true));

        assertThat(cup.closed()).isFalse();
        assertThat(tank.closed()).isFalse();
        assertThat(level(22)).isEqualTo("0\n");
        assertThat(level(23)).isEqualTo("1\n");
    }

    @Test
    void anInputHasTheLevelInItsFile() throws IOException {
        Switch cup = hal().input(new Pin(22, false));
        Switch tank = hal().input(new Pin(23, true));

        AtomicFile.replace(folder.resolve("gpio/22"), "1");
        AtomicFile.replace(folder.resolve("gpio/23"), "0\n");

        assertThat(cup.closed()).isTrue();
        assertThat(tank.closed()).isTrue();
    }

    @Test
    void anExistingInputFileIsNotChanged() throws IOException {
        AtomicFile.replace(folder.resolve("gpio/22"), "1\n");

        assertThat(hal().input(new Pin(22, false)).closed()).isTrue();
    }

    @Test
    void anInputFileWithoutALevelCannotBeRead() throws IOException {
        Switch cup = hal().input(new Pin(22, false));
        for (String content : List.of("", "2", "on", "10")) {
            AtomicFile.replace(folder.resolve("gpio/22"), content);

            assertThatThrownBy(cup::closed)
                    .as("'%s'", content)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("gpio/22");
        }

        Files.delete(folder.resolve("gpio/22"));
        assertThatThrownBy(cup::closed).isInstanceOf(IOException.class);
    }

    @Test
    void aFileInsteadOfTheFolderIsAProblemWithARemedy() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        List<Problem> problems = new MockHal(file, () -> now).problems(Wiring.NONE);

        assertThat(problems)
                .hasSize(1)
                .first()
                .asString()
                .contains(file.toString())
                .contains("--mock");
    }

    @Test
    void aFileIsReplacedAsAWholeAndNoOtherFileIsLeft() throws IOException {
        AtomicFile.replace(folder.resolve("some/file"), "one");
        AtomicFile.replace(folder.resolve("some/file"), "two");

        assertThat(folder.resolve("some/file")).hasContent("two");
        assertThat(filesIn("some")).containsExactly("file");
    }

    private MockHal hal() {
        return new MockHal(folder, () -> now);
    }

    private void pass(Duration duration) {
        now = now.plus(duration);
    }

    private String level(int pin) throws IOException {
        return Files.readString(folder.resolve("gpio").resolve(Integer.toString(pin)));
    }

    private List<String> log() throws IOException {
        return Files.readAllLines(folder.resolve("gpio.log"));
    }

    private List<String> filesIn(String name) throws IOException {
        Path top = folder.resolve(name);
        try (Stream<Path> files = Files.walk(top)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> top.relativize(file).toString())
                    .toList();
        }
    }
}
