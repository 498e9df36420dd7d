package hearth.proving.report;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.proving.journal.JournalEntry;
import hearth.proving.journal.JournalEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

    private static final ReportSummary.RuleSummary HELD =
            new ReportSummary.RuleSummary(1, "Never both", 12, 0, List.of());
    private static final ReportSummary.RuleSummary UNTESTED =
            new ReportSummary.RuleSummary(19, "Off in time", 0, 0, List.of());
    private static final ReportSummary.RuleSummary BROKEN =
            new ReportSummary.RuleSummary(4, "Pause & <again>", 9, 3, List.of("day 3 07:12: heat paused 4 min"));

    @TempDir
    private Path folder;

    @Test
    void theVerdictIsOneSentence() {
        assertThat(ReportText.verdict(summary(HELD, HELD), 3214, 21))
                .isEqualTo("Seed 7: 365 days, 3\u202f214 injected faults of 21 kinds, every rule held.");
        assertThat(ReportText.verdict(summary(HELD, UNTESTED), 1, 1))
                .isEqualTo("Seed 7: 365 days, 1 injected fault of 1 kind, every tested rule held,"
                        + " 1 rule was not tested.");
        assertThat(ReportText.verdict(summary(HELD, BROKEN, UNTESTED), 0, 0))
                .isEqualTo("Seed 7: 365 days, 0 injected faults of 0 kinds, 1 rule broken, 3 times in total.");
    }

    @Test
    void aBrokenRuleShowsItsViolations() throws IOException {
        String page = written(new PlotData(Duration.ofDays(365)), summary(HELD, BROKEN, UNTESTED));

        assertThat(page)
                .contains("Pause &amp; &lt;again&gt;<ul class=\"firsts\"><li>day 3 07:12: heat paused 4 min</li></ul>")
                .contains("<td class=\"broken\">broken 3 times</td>")
                .contains("<td class=\"untested\">not tested</td>")
                .contains("<td>held</td>");
    }

    @Test
    void thePageNeedsNoOtherFile() throws IOException {
        String page = written(SyntheticYear.of(3), SyntheticYear.summary(3));

        assertThat(page).doesNotContain("{{").doesNotContain("src=").doesNotContainPattern("href=\"(?!data:)");
        assertThat(page).contains("default-src 'none'");
    }

    @Test
    void textInAKindCannotBreakOutOfTheData() throws IOException {
        PlotData plot = new PlotData(Duration.ofDays(1));
        plot.accept(new JournalEntry(Duration.ZERO, "", new JournalEvent.InjectedFault("</script>\"\\\n$1{{x}}", "")));

        String page = written(plot, summary(HELD));

        assertThat(page).contains("\\u003c/script>\\u0022\\u005c\\u000a$1{{x}}").contains("&lt;/script&gt;&quot;");
    }

    @Test
    void seriesAreWrittenAsDifferences() throws IOException {
        PlotData plot = new PlotData(Duration.ofDays(1));
        plot.addTrueTemperatures(Duration.ZERO, 18, -3.5);
        plot.addTrueTemperatures(Duration.ofMinutes(10), 18.25, -3.5);
        plot.addTrueTemperatures(Duration.ofMinutes(30), 18.125, -3.25);
        plot.accept(new JournalEntry(Duration.ofMinutes(1), "airco", new JournalEvent.OutputDriven(17, true, true)));
        plot.accept(new JournalEntry(Duration.ofMinutes(10), "airco", new JournalEvent.OutputDriven(17, false, true)));

        assertThat(PlotJson.of(plot, SyntheticYear.BEGIN))
                .contains("\"begin\":1767225600,\"length\":86400,\"bucket\":600")
                .contains("\"mean\":[1800,25,null,-12]")
                .contains("\"outside\":[-350,0,null,25]")
                .contains("\"heating\":[60,540]");
    }

    @Test
    void durationsAreWrittenWithTwoUnits() {
        assertThat(ReportText.time(Duration.ofSeconds(42))).isEqualTo("42 s");
        assertThat(ReportText.time(Duration.ofSeconds(425))).isEqualTo("7 min 5 s");
        assertThat(ReportText.time(Duration.ofMinutes(200))).isEqualTo("3 h 20 min");
        assertThat(ReportText.time(Duration.ofHours(292))).isEqualTo("12 d 4 h");
    }

    private String written(PlotData plot, ReportSummary summary) throws IOException {
        Path file = folder.resolve("year.html");
        Report.write(file, plot, summary);
        return Files.readString(file);
    }

    private static ReportSummary summary(ReportSummary.RuleSummary... rules) {
        ReportSummary some = SyntheticYear.summary(365);
        return new ReportSummary(
                some.title(), 7, 365, some.begin(), some.command(), some.tiles(), some.groups(), List.of(rules));
    }
}
