package hearth.proving.report;

import hearth.proving.checker.Findings;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.Stream;

/**
 * What stands in a report besides its charts.
 *
 * @param title such as {@code A year in the house}
 * @param begin the house's time at the journal's begin
 * @param command the command that gives the same year again
 * @param tiles the few figures that matter most, about six
 * @param rules the safety rules, in their order
 */
public record ReportSummary(
        String title,
        long seed,
        int days,
        LocalDateTime begin,
        String command,
        List<Figure> tiles,
        List<FigureGroup> groups,
        List<RuleSummary> rules) {

    public ReportSummary {
        tiles = List.copyOf(tiles);
        groups = List.copyOf(groups);
        rules = List.copyOf(rules);
    }

    /** One line of a table. @param value ready to read, with its unit: {@code 412 kWh} */
    public record Figure(String label, String value) {}

    /** Figures that belong together, such as those of comfort. */
    public record FigureGroup(String title, List<Figure> figures) {
        public FigureGroup {
            figures = List.copyOf(figures);
        }
    }

    /**
     * A safety rule and how it fared.
     *
     * @param number     as in the design; 0 for what is watched alike and is no safety rule
     * @param tested     how often it was put to the test: nought says that holding means nothing
     * @param violations how often it was broken
     * @param first      the first violations in words; a few will do
     */
    public record RuleSummary(int number, String title, long tested, long violations, List<String> first) {
        public RuleSummary {
            first = List.copyOf(first);
        }

        /** All rules, as an observer found them. */
        public static List<RuleSummary> of(Findings findings) {
            return Stream.of(hearth.proving.checker.SafetyRule.values())
                    .map(rule -> of(rule, findings.forRule(rule)))
                    .toList();
        }

        private static RuleSummary of(hearth.proving.checker.SafetyRule rule, Findings.RuleFinding finding) {
            List<String> first =
                    finding.first().stream().map(Findings.Violation::toString).toList();
            return new RuleSummary(rule.number(), rule.title(), finding.tested(), finding.broken(), first);
        }
    }
}
