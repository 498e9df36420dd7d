package hearth.proving.checker;

import hearth.proving.checker.Findings.RuleFinding;
import hearth.proving.checker.Findings.Violation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Collects the violations of all checkers: stores the first of each rule and counts the others. */
final class FindingsRecorder {

    private static final int MAX_KEPT = 20;

    private final long[] tested = new long[SafetyRule.values().length];
    private final long[] broken = new long[SafetyRule.values().length];
    private final Map<SafetyRule, List<Violation>> first = new EnumMap<>(SafetyRule.class);

    /** Counts an event that could have broken the rule. */
    void tested(SafetyRule rule) {
        tested[rule.ordinal()]++;
    }

    void broken(SafetyRule rule, long now, String node, String what) {
        broken[rule.ordinal()]++;
        List<Violation> kept = first.computeIfAbsent(rule, any -> new ArrayList<>());
        if (kept.size() < MAX_KEPT) {
            kept.add(new Violation(Duration.ofMillis(now), node, what));
        }
    }

    Findings findings() {
        Map<SafetyRule, RuleFinding> findings = new EnumMap<>(SafetyRule.class);
        for (SafetyRule rule : SafetyRule.values()) {
            List<Violation> kept = first.getOrDefault(rule, List.of());
            findings.put(rule, new RuleFinding(tested[rule.ordinal()], broken[rule.ordinal()], kept));
        }
        return new Findings(findings);
    }
}
