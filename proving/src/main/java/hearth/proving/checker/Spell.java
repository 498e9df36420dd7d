package hearth.proving.checker;

import java.util.function.Supplier;

/** A time during which a rule is put to the test; it counts once, and so does breaking it, however long that goes on. */
final class Spell {

    private final Rule rule;
    private final String node;
    private final Ledger ledger;
    private boolean tested;
    private boolean broken;

    Spell(Rule rule, String node, Ledger ledger) {
        this.rule = rule;
        this.node = node;
        this.ledger = ledger;
    }

    /** What is so at the end of an instant. @param applies whether the rule asks anything now */
    void is(long now, boolean applies, boolean nowBroken, Supplier<String> what) {
        if (applies && !tested) {
            ledger.tested(rule);
        }
        if (applies && nowBroken && !broken) {
            ledger.broken(rule, now, node, what.get());
        }
        tested = applies;
        broken = applies && nowBroken;
    }
}
