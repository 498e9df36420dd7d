package hearth.proving.checker;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The findings of the independent checker for every rule. */
public record Findings(Map<SafetyRule, RuleFinding> byRule) {

    public Findings {
        byRule = Collections.unmodifiableMap(new EnumMap<>(byRule));
    }

    /**
     * The result of one rule.
     *
     * @param tested how often an event could have broken it
     * @param broken how often it was broken
     * @param first  the first violations
     */
    public record RuleFinding(long tested, long broken, List<Violation> first) {
        public RuleFinding {
            first = List.copyOf(first);
        }
    }

    /**
     * A violation of a rule.
     *
     * @param at   the time since the start of the journal
     * @param what a sentence with figures
     */
    public record Violation(Duration at, String node, String what) {
        @Override
        public String toString() {
            String time = String.format(
                    Locale.ROOT,
                    "day %d %02d:%02d:%02d.%03d",
                    at.toDays(),
                    at.toHoursPart(),
                    at.toMinutesPart(),
                    at.toSecondsPart(),
                    at.toMillisPart());
            return time + " " + node + ": " + what;
        }
    }

    public RuleFinding forRule(SafetyRule rule) {
        return byRule.getOrDefault(rule, new RuleFinding(0, 0, List.of()));
    }

    /** Whether no rule was broken. */
    public boolean allRulesHeld() {
        return byRule.values().stream().allMatch(finding -> finding.broken() == 0);
    }

    /** One line per rule, and one per stored violation. */
    public List<String> lines() {
        return Stream.of(SafetyRule.values())
                .flatMap(rule -> lines(rule, forRule(rule)))
                .toList();
    }

    private static Stream<String> lines(SafetyRule rule, RuleFinding finding) {
        String verdict = finding.broken() == 0 ? "held" : "BROKEN " + finding.broken() + " times";
        String head = String.format(
                Locale.ROOT, "%2d %s: tested %d times, %s", rule.number(), rule.title(), finding.tested(), verdict);
        return Stream.concat(Stream.of(head), finding.first().stream().map(violation -> "   " + violation));
    }
}
