package hearth.proving.checker;

import hearth.proving.checker.Findings.Finding;
import hearth.proving.checker.Findings.Violation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Where the watches write down what they saw: the first violations of each rule, the rest as a number. */
final class Ledger {

    private static final int KEPT = 20;

    private final long[] tested = new long[Rule.values().length];
    private final long[] broken = new long[Rule.values().length];
    private final Map<Rule, List<Violation>> first = new EnumMap<>(Rule.class);

    /** Something happened that could have broken the rule. */
    void tested(Rule rule) {
        tested[rule.ordinal()]++;
    }

    void broken(Rule rule, long now, String node, String what) {
        broken[rule.ordinal()]++;
        List<Violation> kept = first.computeIfAbsent(rule, any -> new ArrayList<>());
        if (kept.size() < KEPT) {
            kept.add(new Violation(Duration.ofMillis(now), node, what));
        }
    }

    Findings findings() {
        Map<Rule, Finding> findings = new EnumMap<>(Rule.class);
        for (Rule rule : Rule.values()) {
            List<Violation> kept = first.getOrDefault(rule, List.of());
            findings.put(rule, new Finding(tested[rule.ordinal()], broken[rule.ordinal()], kept));
        }
        return new Findings(findings);
    }
}
