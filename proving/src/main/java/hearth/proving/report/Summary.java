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
 * @param again the command that gives the same year again
 * @param tiles the few figures that matter most, about six
 * @param rules the safety rules, in their order
 */
public record Summary(
        String title,
        long seed,
        int days,
        LocalDateTime begin,
        String again,
        List<Figure> tiles,
        List<Group> groups,
        List<Rule> rules) {

    public Summary {
        tiles = List.copyOf(tiles);
        groups = List.copyOf(groups);
        rules = List.copyOf(rules);
    }

    /** One line of a table. @param value ready to read, with its unit: {@code 412 kWh} */
    public record Figure(String label, String value) {}

    /** Figures that belong together, such as those of comfort. */
    public record Group(String title, List<Figure> figures) {
        public Group {
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
    public record Rule(int number, String title, long tested, long violations, List<String> first) {
        public Rule {
            first = List.copyOf(first);
        }

        /** All rules, as an observer found them. */
        public static List<Rule> of(Findings findings) {
            return Stream.of(hearth.proving.checker.Rule.values())
                    .map(rule -> of(rule, findings.of(rule)))
                    .toList();
        }

        private static Rule of(hearth.proving.checker.Rule rule, Findings.Finding finding) {
            List<String> first =
                    finding.first().stream().map(Findings.Violation::toString).toList();
            return new Rule(rule.number(), rule.title(), finding.tested(), finding.broken(), first);
        }
    }
}
