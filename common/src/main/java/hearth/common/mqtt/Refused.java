package hearth.common.mqtt;

import hearth.common.message.Result.Outcome;

/** A command was not let in at the {@link Gate}. */
public final class Refused extends Exception {

    private static final long serialVersionUID = 1;

    private final Outcome outcome;

    /** @param code stable, lower case with hyphens @param words what a person can act on */
    Refused(Outcome outcome, String code, String words) {
        super(code + ": " + words);
        this.outcome = outcome;
    }

    public Outcome outcome() {
        return outcome;
    }

    /** The reason, for the sender. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
