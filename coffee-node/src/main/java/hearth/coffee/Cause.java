package hearth.coffee;

/** Who asked for a brew. */
enum Cause {
    APPROACH("t:"),
    /** A command with an id of its own. */
    COMMAND("c:"),
    /** A plain command; the id is ours. */
    PLAIN("p:");

    private final String prefix;

    Cause(String prefix) {
        this.prefix = prefix;
    }

    String wireName() {
        return this == APPROACH ? "approach" : "command";
    }

    /** Trips and commands may have the same id; this tells them apart. */
    String key(String id) {
        return prefix + id;
    }

    boolean isPrefixOf(String key) {
        return key.startsWith(prefix);
    }

    String idFrom(String key) {
        return key.substring(prefix.length());
    }
}
