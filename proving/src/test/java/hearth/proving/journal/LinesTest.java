package hearth.proving.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hearth.proving.journal.Event.Booted;
import hearth.proving.journal.Event.Driven;
import hearth.proving.journal.Event.Fixed;
import hearth.proving.journal.Event.Heard;
import hearth.proving.journal.Event.Kept;
import hearth.proving.journal.Event.Looked;
import hearth.proving.journal.Event.Mishap;
import hearth.proving.journal.Event.PowerCut;
import hearth.proving.journal.Event.Read;
import hearth.proving.journal.Event.Said;
import hearth.proving.journal.Event.Settled;
import hearth.proving.journal.Event.Stored;
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

class LinesTest {

    private static final String NASTY = "a\tb\nc\\td\r\u0000é\\";

    static List<Event> events() {
        return List.of(
                new Booted("3f2a", -5_000, true, Map.of("target", "21.5", "x", NASTY), List.of("a = 1", "# b")),
                new Booted("", 0, false, Map.of(), List.of()),
                new PowerCut(),
                new Read(OptionalDouble.of(18.0625), ""),
                new Read(OptionalDouble.of(-0.5), ""),
                new Read(OptionalDouble.empty(), "sensor-short"),
                new Fixed(52.1234567, -4.9000001, 6.5),
                new Heard("airco/target/set", NASTY, true, -1, 60),
                new Heard("car/approach", "", false, 600, 1),
                new Looked(Optional.of("07:30")),
                new Looked(Optional.empty()),
                new Settled(17, false),
                new Stored(true),
                new Driven(17, true, false),
                new Said("airco/action", "heating", 1, true, Long.MAX_VALUE),
                new Said("sensor/temperature", NASTY, 0, true, 90_000),
                new Kept(Map.of()),
                new Kept(Map.of("commands", "a1 target/set=21.0; a2 mode/set=OFF")),
                new Mishap("sensor shorted", "90 s"));
    }

    @ParameterizedTest
    @MethodSource("events")
    void whatIsWrittenIsReadAgain(Event event) {
        Entry entry = new Entry(Duration.ofMillis(61_001), "airco", event);
        StringBuilder line = new StringBuilder();

        Lines.write(entry, line);

        assertThat(line.toString()).endsWith("\n").containsOnlyOnce("\n");
        assertThat(Lines.read(line.toString().substring(0, line.length() - 1))).isEqualTo(entry);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "1\tairco\tdances", "1\tairco\tdrives\t17", "soon\tairco\tdies"})
    void whatIsNoLineIsRefusedWithTheLine(String line) {
        assertThatThrownBy(() -> Lines.read(line)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"day.journal", "day.journal.gz"})
    void aJournalIsReadAsItWasWritten(String name, @TempDir Path folder) throws IOException {
        List<Entry> entries = events().stream()
                .map(event -> new Entry(Duration.ofSeconds(1), "airco", event))
                .toList();

        try (Journals.Recorder recorder = Journals.into(folder.resolve(name))) {
            entries.forEach(recorder);
        }

        assertThat(Journals.read(folder.resolve(name))).isEqualTo(entries);
    }

    @Test
    void aJournalThatIsNoneIsToldByItsLine(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("bad.journal"), "1\tairco\tdies\n2\tairco\tsings\n");

        assertThatThrownBy(() -> Journals.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("bad.journal:2")
                .hasMessageContaining("sings");
    }
}
