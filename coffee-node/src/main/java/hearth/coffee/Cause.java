package hearth.coffee;

/** The cause of a brew. */
enum Cause {
    APPROACH("t:"),
    /** A command with an id of its own. */
    COMMAND("c:"),
    /** A plain command; the node makes the id. */
    PLAIN("p:");

    private final String prefix;

    Cause(String prefix) {
        this.prefix = prefix;
    }

    String wireName() {
        return this == APPROACH ? "approach" : "command";
    }

    /** The id with a prefix, because a trip and a command may have the same id. */
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
