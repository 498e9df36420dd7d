package hearth.proving.report;

import hearth.proving.checker.Findings;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.Stream;

/**
 * The contents of a report except its charts.
 *
 * @param title   such as {@code Simulated year}
 * @param begin   the simulated time at the start of the journal
 * @param command the command that simulates the same year again
 * @param tiles   the most important figures, about six
 * @param rules   the safety rules, in order
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

    /** One row of a table. @param value with its unit, such as {@code 412 kWh} */
    public record Figure(String label, String value) {}

    /** Figures of one topic, such as comfort. */
    public record FigureGroup(String title, List<Figure> figures) {
        public FigureGroup {
            figures = List.copyOf(figures);
        }
    }

    /**
     * A safety rule and its result.
     *
     * @param number     the number of the rule; 0 if it is checked but is not a safety rule
     * @param tested     how often it was tested; zero means that the result proves nothing
     * @param violations how often it was broken
     * @param first      the first violations as sentences
     */
    public record RuleSummary(int number, String title, long tested, long violations, List<String> first) {
        public RuleSummary {
            first = List.copyOf(first);
        }

        /** All rules with the findings of the checker. */
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
