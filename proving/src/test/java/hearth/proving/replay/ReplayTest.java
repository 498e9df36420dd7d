package hearth.proving.replay;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.proving.journal.JournalEntry;
import hearth.proving.journal.JournalEvent.MessagePublished;
import hearth.proving.journal.JournalEvent.SensorRead;
import hearth.proving.journal.JournalFiles;
import hearth.proving.year.DeviceInterceptor;
import hearth.proving.year.SimulatedYear;
import hearth.proving.year.YearPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Rule 10: the same inputs give the same journal. Three recorded days are stored. After an intended change of behaviour
 * record them again with {@code mvn -pl proving -am test -Dtest=ReplayTest -Dhearth.docs=write
 * -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class ReplayTest {

    private static final boolean WRITE = "write".equals(System.getProperty("hearth.docs"));
    private static final Path DAYS = Path.of("src", "test", "resources", "hearth", "proving", "replay");

    enum RecordedDay {
        /** Heating all day, one trip home, one brew. */
        WINTER,
        /** A cold morning, sun through the window in the afternoon. */
        SUMMER,
        /** All kinds of injected faults of a year on one day. */
        BAD;

        YearPlan plan() {
            return switch (this) {
                case WINTER -> new YearPlan(1, 10, 1, false);
                case SUMMER -> new YearPlan(2, 170, 1, false);
                case BAD -> new YearPlan(3, 30, 1, true);
            };
        }

        Path file() {
            return DAYS.resolve(name().toLowerCase(Locale.ROOT) + "-day.journal.gz");
        }
    }

    @ParameterizedTest
    @EnumSource(RecordedDay.class)
    void aRecordedDayReplaysIdentically(RecordedDay day) throws IOException {
        if (WRITE) {
            try (JournalFiles.JournalWriter recorder = JournalFiles.openForWriting(day.file())) {
                runDay(day, recorder);
            }
        }

        List<JournalEntry> journal = JournalFiles.read(day.file());

        assertThat(journal).hasSizeGreaterThan(10_000);
        assertThat(Replay.of(journal)).isEmpty();
    }

    @Test
    void aDayIsSimulatedIdenticallyOnAnyMachine() throws IOException {
        List<JournalEntry> lived = new ArrayList<>();

        runDay(RecordedDay.BAD, lived::add);

        assertThat(lived).isEqualTo(JournalFiles.read(RecordedDay.BAD.file()));
    }

    @Test
    void theFirstDecisionThatDiffersIsReported() throws IOException {
        List<JournalEntry> journal = JournalFiles.read(RecordedDay.WINTER.file());
        int index = indexOfReading(journal, journal.size() / 2);
        JournalEntry reading = journal.get(index);
        journal.set(index, new JournalEntry(reading.at(), reading.node(), new SensorRead(OptionalDouble.of(40), "")));

        Replay.Difference difference = Replay.of(journal).orElseThrow();

        assertThat(difference.at()).isEqualTo(reading.at());
        assertThat(difference.node()).isEqualTo("sensor");
        assertThat(difference.actual()).contains("40.00");
        assertThat(difference.expected()).contains("sensor/temperature").doesNotContain("40.00");
    }

    @Test
    void aMissingDecisionIsReported() throws IOException {
        List<JournalEntry> journal = JournalFiles.read(RecordedDay.WINTER.file());
        JournalEntry last = journal.get(journal.size() - 1);
        journal.add(new JournalEntry(
                last.at(), "airco", new MessagePublished("airco/action", "dancing", 1, true, Long.MAX_VALUE)));

        Replay.Difference difference = Replay.of(journal).orElseThrow();

        assertThat(difference.expected()).contains("dancing");
        assertThat(difference.actual()).isEqualTo("nothing");
    }

    private static void runDay(RecordedDay day, Consumer<JournalEntry> journal) {
        new SimulatedYear(day.plan(), DeviceInterceptor.NONE, journal).run((at, room, outside) -> {}, passed -> {});
    }

    private static int indexOfReading(List<JournalEntry> journal, int from) {
        for (int i = from; i < journal.size(); i++) {
            if (journal.get(i).node().equals("sensor") && journal.get(i).event() instanceof SensorRead) {
                return i;
            }
        }
        throw new AssertionError("the journal has no reading after entry " + from);
    }
}
