package hearth.proving.checker;

/**
 * The cause of a brew that the coffee machine saves before it brews.
 *
 * @param key        {@code t:} with the id of a trip, {@code c:} with the id of a command, or {@code p:} with any text
 *                   for a command without an id
 * @param problem    why it must not brew for this cause; empty if it may
 * @param brokenRule the rule that forbids it
 */
record BrewCause(String key, String problem, SafetyRule brokenRule, boolean onDisk) {

    static final String TRIP = "t:";
    static final String COMMAND = "c:";
    static final String PLAIN = "p:";

    static final BrewCause NONE = new BrewCause("", "", SafetyRule.NO_DOUBLE_BREW, false);

    static BrewCause allowed(String key) {
        return new BrewCause(key, "", SafetyRule.NO_DOUBLE_BREW, false);
    }

    static BrewCause forbidden(String key, String problem, SafetyRule broken) {
        return new BrewCause(key, problem, broken, false);
    }

    BrewCause withStored(boolean nowOnDisk) {
        return equals(NONE) || onDisk || !nowOnDisk ? this : new BrewCause(key, problem, brokenRule, true);
    }
}
