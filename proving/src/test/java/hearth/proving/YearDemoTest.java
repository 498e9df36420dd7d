package hearth.proving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hearth.common.settings.BadSettings;
import hearth.simulator.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("slow")
class YearDemoTest {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    @Test
    void someDaysAreSimulatedCheckedReportedAndReplayedIdentically() {
        Path report = folder.resolve("days.html");
        Path journal = folder.resolve("days.journal.gz");

        int status = run("--year", "--days", "3", "--seed", "9", "--out", "" + report, "--journal", "" + journal);

        assertThat(text())
                .contains("heating", "broker away", "held: heat and cool are never on together", "SHA-256")
                .endsWith("Every rule held.\n");
        assertThat(status).isZero();
        assertThat(report).content().contains("uPlot", "3 days");

        printed.reset();
        assertThat(run("--replay", "" + journal)).isZero();
        assertThat(text()).contains("no decision differs");
    }

    @Test
    void aMissingJournalIsReported() {
        assertThat(run("--replay", "" + folder.resolve("none.journal"))).isEqualTo(1);
        assertThat(text()).contains("none.journal");
    }

    @Test
    void eachSeedHasItsOwnReportByDefault() throws BadSettings {
        assertThat(YearOptions.parse("--year", "--seed", "7").report()).isEqualTo(Path.of("hearth-year-7.html"));
    }

    @ParameterizedTest
    @CsvSource({
        "--days 0, --days 0: expected a whole number from 1 to 3650",
        "--seed x, --seed x: expected a whole number from 0 to 2147483647",
        "--out, --out: requires a value; see bin/demo --year --help",
        "--story, --story: no such option with --year; see bin/demo --year --help"
    })
    void badOptionsAreRejected(String options, String problem) {
        assertThatThrownBy(() -> YearOptions.parse(options.split(" ", -1)))
                .isInstanceOfSatisfying(
                        BadSettings.class, bad -> assertThat(bad.problems()).containsExactly(problem));
        assertThat(run(options.split(" ", -1))).isEqualTo(78);
    }

    private int run(String... args) {
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        return YearDemo.run(args, Terminal.of(out, false, Map.of()));
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
