package hearth.proving.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hearth.proving.journal.JournalEvent.Booted;
import hearth.proving.journal.JournalEvent.DeliverySettled;
import hearth.proving.journal.JournalEvent.FixRead;
import hearth.proving.journal.JournalEvent.InjectedFault;
import hearth.proving.journal.JournalEvent.MessagePublished;
import hearth.proving.journal.JournalEvent.MessageReceived;
import hearth.proving.journal.JournalEvent.OutputDriven;
import hearth.proving.journal.JournalEvent.PowerCut;
import hearth.proving.journal.JournalEvent.SaveFinished;
import hearth.proving.journal.JournalEvent.SaveRequested;
import hearth.proving.journal.JournalEvent.SensorRead;
import hearth.proving.journal.JournalEvent.WallClockRead;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JournalFormatTest {

    private static final String SPECIAL_CHARACTERS = "a\tb\nc\\td\r\u0000é\\";

    static List<JournalEvent> events() {
        return List.of(
                new Booted(
                        "3f2a",
                        -5_000,
                        true,
                        Map.of("target", "21.5", "x", SPECIAL_CHARACTERS),
                        List.of("a = 1", "# b")),
                new Booted("", 0, false, Map.of(), List.of()),
                new PowerCut(),
                new SensorRead(OptionalDouble.of(18.0625), ""),
                new SensorRead(OptionalDouble.of(-0.5), ""),
                new SensorRead(OptionalDouble.empty(), "sensor-short"),
                new FixRead(52.1234567, -4.9000001, 6.5),
                new MessageReceived("airco/target/set", SPECIAL_CHARACTERS, true, -1, 60),
                new MessageReceived("car/approach", "", false, 600, 1),
                new WallClockRead(Optional.of("07:30")),
                new WallClockRead(Optional.empty()),
                new DeliverySettled(17, false),
                new SaveFinished(true),
                new OutputDriven(17, true, false),
                new MessagePublished("airco/action", "heating", 1, true, Long.MAX_VALUE),
                new MessagePublished("sensor/temperature", SPECIAL_CHARACTERS, 0, true, 90_000),
                new SaveRequested(Map.of()),
                new SaveRequested(Map.of("commands", "a1 target/set=21.0; a2 mode/set=OFF")),
                new InjectedFault("sensor shorted", "90 s"));
    }

    @ParameterizedTest
    @MethodSource("events")
    void everyEventIsReadAsItWasWritten(JournalEvent event) {
        JournalEntry entry = new JournalEntry(Duration.ofMillis(61_001), "airco", event);
        StringBuilder line = new StringBuilder();

        JournalFormat.write(entry, line);

        assertThat(line.toString()).endsWith("\n").containsOnlyOnce("\n");
        assertThat(JournalFormat.read(line.toString().substring(0, line.length() - 1)))
                .isEqualTo(entry);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "1\tairco\tdances", "1\tairco\tdrives\t17", "soon\tairco\tdies"})
    void anInvalidLineIsRejectedWithItsText(String line) {
        assertThatThrownBy(() -> JournalFormat.read(line)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"day.journal", "day.journal.gz"})
    void aJournalIsReadAsItWasWritten(String name, @TempDir Path folder) throws IOException {
        List<JournalEntry> entries = events().stream()
                .map(event -> new JournalEntry(Duration.ofSeconds(1), "airco", event))
                .toList();

        try (JournalFiles.JournalWriter recorder = JournalFiles.openForWriting(folder.resolve(name))) {
            entries.forEach(recorder);
        }

        assertThat(JournalFiles.read(folder.resolve(name))).isEqualTo(entries);
    }

    @Test
    void anInvalidJournalIsRejectedWithTheNumberOfTheLine(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("bad.journal"), "1\tairco\tdies\n2\tairco\tsings\n");

        assertThatThrownBy(() -> JournalFiles.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("bad.journal:2")
                .hasMessageContaining("sings");
    }
}
