package hearth.proving.checker;

/**
 * The safety rules of the design that can be judged from outside; {@link #TEMPERATURE_BAND} and {@link #COMMANDS_OBEYED} are what the house is
 * for.
 */
public enum SafetyRule {
    TEMPERATURE_BAND(0, "at or below the band it heats to the target, at or above it cools to it"),
    COMMANDS_OBEYED(0, "what the owner sets is so at once, and still after a power cut"),
    HEAT_COOL_EXCLUSIVE(1, "heat and cool are never on together, and a dead time lies between them"),
    FRESH_READINGS(2, "a relay is on only while a valid reading is young enough, and never for a lone outlier"),
    OFF_MEANS_OFF(3, "off in mode off, with a latched fault, and before the first valid reading"),
    MINIMUM_PAUSE(4, "heat and cool each rest between runs, and after a boot"),
    MAX_ON(5, "no relay stays on too long, and then it rests ten minutes"),
    ABSOLUTE_LIMITS(6, "no heat when far too hot, no cooling when far too cold, and no frost"),
    TARGET_IN_BOUNDS(7, "the set point is finite, within bounds and on its grid"),
    STATE_MATCHES_OUTPUTS(8, "what is said of the relays is what they do"),
    SWITCHING_RATE(9, "switchings are bounded by the cycle times"),
    NO_DOUBLE_BREW(11, "never two brews for one trip or command, and each for a lawful reason noted before"),
    NO_BREW_RESUMED(12, "a restart resumes no brew and no wait for one"),
    VALID_COMMANDS_ONLY(13, "no command that is retained, expired or repeated acts"),
    ONE_APPROACH_PER_TRIP(14, "a trip is announced once, by a car that left and closes in"),
    FAULTS_CLEAR(15, "a fault is told no longer than it is there, a latched one until somebody resets it"),
    EVERY_COMMAND_ANSWERED(17, "each command with an id is answered once");

    private final int number;
    private final String title;

    SafetyRule(int number, String title) {
        this.number = number;
        this.title = title;
    }

    /** As in the design; 0 for what is not a safety rule. */
    public int number() {
        return number;
    }

    public String title() {
        return title;
    }
}
