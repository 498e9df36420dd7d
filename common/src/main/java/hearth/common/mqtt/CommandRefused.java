package hearth.common.mqtt;

import hearth.common.message.Result.Outcome;

/** The {@link CommandPolicy} does not accept a command. */
public final class CommandRefused extends Exception {

    private static final long serialVersionUID = 1;

    private final Outcome outcome;

    /** @param code stable, lower case with hyphens @param text cause and remedy, for the sender */
    CommandRefused(Outcome outcome, String code, String text) {
        super(code + ": " + text);
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
