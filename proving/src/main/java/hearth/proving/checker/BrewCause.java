package hearth.proving.checker;

/**
 * What the coffee machine notes to brew for, before it does.
 *
 * @param key    {@code t:} and a trip's id, {@code c:} and a command's, or {@code p:} and anything for a plain command
 * @param problem   why it must not brew for that; empty if it may
 * @param brokenRule the rule that says so
 */
record BrewCause(String key, String problem, SafetyRule brokenRule, boolean onDisk) {

    static final String TRIP = "t:";
    static final String COMMAND = "c:";
    static final String PLAIN = "p:";

    static final BrewCause NONE = new BrewCause("", "", SafetyRule.NO_DOUBLE_BREW, false);

    static BrewCause allowed(String key) {
        return new BrewCause(key, "", SafetyRule.NO_DOUBLE_BREW, false);
    }

    static BrewCause forbidden(String key, String flaw, SafetyRule broken) {
        return new BrewCause(key, flaw, broken, false);
    }

    BrewCause withStored(boolean nowOnDisk) {
        return equals(NONE) || onDisk || !nowOnDisk ? this : new BrewCause(key, problem, brokenRule, true);
    }
}
