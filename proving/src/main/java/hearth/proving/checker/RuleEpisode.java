package hearth.proving.checker;

import java.util.function.Supplier;

/** A time during which a rule applies. The test and a violation each count once, however long the episode is. */
final class RuleEpisode {

    private final SafetyRule rule;
    private final String node;
    private final FindingsRecorder findings;
    private boolean tested;
    private boolean broken;

    RuleEpisode(SafetyRule rule, String node, FindingsRecorder findings) {
        this.rule = rule;
        this.node = node;
        this.findings = findings;
    }

    /** Updates the episode at the end of an instant. @param applies whether the rule applies now */
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
