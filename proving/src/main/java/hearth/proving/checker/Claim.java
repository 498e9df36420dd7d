package hearth.proving.checker;

/**
 * What the coffee machine notes to brew for, before it does.
 *
 * @param key    {@code t:} and a trip's id, {@code c:} and a command's, or {@code p:} and anything for a plain command
 * @param flaw   why it must not brew for that; empty if it may
 * @param broken the rule that says so
 */
record Claim(String key, String flaw, Rule broken, boolean onDisk) {

    static final String TRIP = "t:";
    static final String COMMAND = "c:";
    static final String PLAIN = "p:";

    static final Claim NONE = new Claim("", "", Rule.ONE_BREW, false);

    static Claim lawful(String key) {
        return new Claim(key, "", Rule.ONE_BREW, false);
    }

    static Claim flawed(String key, String flaw, Rule broken) {
        return new Claim(key, flaw, broken, false);
    }

    Claim stored(boolean nowOnDisk) {
        return equals(NONE) || onDisk || !nowOnDisk ? this : new Claim(key, flaw, broken, true);
    }
}
