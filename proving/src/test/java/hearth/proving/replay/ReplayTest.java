package hearth.proving.replay;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.proving.journal.Entry;
import hearth.proving.journal.Event.Read;
import hearth.proving.journal.Event.Said;
import hearth.proving.journal.Journals;
import hearth.proving.year.Plan;
import hearth.proving.year.Tampering;
import hearth.proving.year.Year;
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
 * Rule 10: same inputs, same journal. Three recorded days are kept; a change of behaviour that is wanted is recorded anew
 * with {@code mvn -pl simulator -am test -Dtest=ReplayTest -Dhearth.docs=write -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class ReplayTest {

    private static final boolean WRITE = "write".equals(System.getProperty("hearth.docs"));
    private static final Path DAYS = Path.of("src", "test", "resources", "hearth", "proving", "replay");

    enum Day {
        /** Heating all day, a car that comes home, a cup. */
        WINTER,
        /** Cold in the morning, sun through the window in the afternoon. */
        SUMMER,
        /** Everything that goes wrong in a year, on one day. */
        BAD;

        Plan plan() {
            return switch (this) {
                case WINTER -> new Plan(1, 10, 1, false);
                case SUMMER -> new Plan(2, 170, 1, false);
                case BAD -> new Plan(3, 30, 1, true);
            };
        }

        Path file() {
            return DAYS.resolve(name().toLowerCase(Locale.ROOT) + "-day.journal.gz");
        }
    }

    @ParameterizedTest
    @EnumSource(Day.class)
    void aRecordedDayReplaysIdentically(Day day) throws IOException {
        if (WRITE) {
            try (Journals.Recorder recorder = Journals.into(day.file())) {
                live(day, recorder);
            }
        }

        List<Entry> journal = Journals.read(day.file());

        assertThat(journal).hasSizeGreaterThan(10_000);
        assertThat(Replay.of(journal)).isEmpty();
    }

    @Test
    void aDayIsLivedTheSameOnAnyMachine() throws IOException {
        List<Entry> lived = new ArrayList<>();

        live(Day.BAD, lived::add);

        assertThat(lived).isEqualTo(Journals.read(Day.BAD.file()));
    }

    @Test
    void theFirstDecisionThatDiffersIsTold() throws IOException {
        List<Entry> journal = Journals.read(Day.WINTER.file());
        int index = indexOfReading(journal, journal.size() / 2);
        Entry reading = journal.get(index);
        journal.set(index, new Entry(reading.at(), reading.node(), new Read(OptionalDouble.of(40), "")));

        Replay.Difference difference = Replay.of(journal).orElseThrow();

        assertThat(difference.at()).isEqualTo(reading.at());
        assertThat(difference.node()).isEqualTo("sensor");
        assertThat(difference.now()).contains("40.00");
        assertThat(difference.then()).contains("sensor/temperature").doesNotContain("40.00");
    }

    @Test
    void whatIsNotDoneAnyMoreIsTold() throws IOException {
        List<Entry> journal = Journals.read(Day.WINTER.file());
        Entry last = journal.get(journal.size() - 1);
        journal.add(new Entry(last.at(), "airco", new Said("airco/action", "dancing", 1, true, Long.MAX_VALUE)));

        Replay.Difference difference = Replay.of(journal).orElseThrow();

        assertThat(difference.then()).contains("dancing");
        assertThat(difference.now()).isEqualTo("nothing");
    }

    private static void live(Day day, Consumer<Entry> journal) {
        new Year(day.plan(), Tampering.NONE, journal).run((at, room, outside) -> {}, passed -> {});
    }

    private static int indexOfReading(List<Entry> journal, int from) {
        for (int i = from; i < journal.size(); i++) {
            if (journal.get(i).node().equals("sensor") && journal.get(i).event() instanceof Read) {
                return i;
            }
        }
        throw new AssertionError("no reading after entry " + from);
    }
}
