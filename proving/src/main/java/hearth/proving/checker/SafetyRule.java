package hearth.proving.checker;

/**
 * The safety rules that can be checked from outside the devices. {@link #TEMPERATURE_BAND} and {@link #COMMANDS_OBEYED}
 * are not safety rules but the purpose of the devices.
 */
public enum SafetyRule {
    TEMPERATURE_BAND(0, "at or below the band the airco heats to the target, at or above it cools to the target"),
    COMMANDS_OBEYED(0, "a setting applies at once, and still applies after a power cut"),
    HEAT_COOL_EXCLUSIVE(1, "heat and cool are never on together, with a dead time between them"),
    FRESH_READINGS(2, "a relay is on only while a valid reading is fresh, and a single outlier never switches it on"),
    OFF_MEANS_OFF(3, "relays are off in mode off, with a latched fault, and before the first valid reading"),
    MINIMUM_PAUSE(4, "heat and cool each keep their minimum pause between periods and after a boot"),
    MAX_ON(5, "no relay is on longer than its maximum, and after the maximum it pauses for ten minutes"),
    ABSOLUTE_LIMITS(
            6, "no heating above the absolute maximum, no cooling below the absolute minimum, heating against frost"),
    TARGET_IN_BOUNDS(7, "the set point is finite, within its bounds and a multiple of its step"),
    STATE_MATCHES_OUTPUTS(8, "the published state matches the relays"),
    SWITCHING_RATE(9, "the cycle times limit the number of switchings"),
    NO_DOUBLE_BREW(
            11,
            "never two brews for one trip or command; each brew has an allowed cause that was saved before the brew"),
    NO_BREW_RESUMED(12, "a restart resumes neither a brew nor the wait for one"),
    VALID_COMMANDS_ONLY(13, "a retained, expired or repeated command has no effect"),
    ONE_APPROACH_PER_TRIP(14, "a trip is announced once, by a car that has left and approaches"),
    FAULTS_CLEAR(15, "a fault is published only while it lasts, a latched fault until a reset"),
    EVERY_COMMAND_ANSWERED(17, "each command with an id is answered once");

    private final int number;
    private final String title;

    SafetyRule(int number, String title) {
        this.number = number;
        this.title = title;
    }

    /** The number of the rule; 0 if it is not a safety rule. */
    public int number() {
        return number;
    }

    public String title() {
        return title;
    }
}
