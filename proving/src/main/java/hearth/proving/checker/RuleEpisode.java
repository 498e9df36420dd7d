package hearth.proving.checker;

import java.util.function.Supplier;

/** A time during which a rule is put to the test; it counts once, and so does breaking it, however long that goes on. */
final class RuleEpisode {

    private final SafetyRule rule;
    private final String node;
    private final FindingsRecorder findings;
    private boolean tested;
    private boolean broken;

    RuleEpisode(SafetyRule rule, String node, FindingsRecorder ledger) {
        this.rule = rule;
        this.node = node;
        this.findings = ledger;
    }

    /** What is so at the end of an instant. @param applies whether the rule asks anything now */
    void update(long now, boolean applies, boolean nowBroken, Supplier<String> what) {
        if (applies && !tested) {
            findings.tested(rule);
        }
        if (applies && nowBroken && !broken) {
            findings.broken(rule, now, node, what.get());
        }
        tested = applies;
        broken = applies && nowBroken;
    }
}
