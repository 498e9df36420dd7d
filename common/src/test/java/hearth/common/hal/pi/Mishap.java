package hearth.common.hal.pi;

import hearth.common.hal.Problem;
import hearth.common.hal.Wiring;
import hearth.common.hal.pi.Header.Trouble;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All that a preflight may have to say of a board, each made to happen: for its test, and for the owners' manual. */
public enum Mishap {
    NO_BOARD,
    ANOTHER_BOARD,
    A_BOARD_TOO_NEW,
    A_BOARD_TOO_OLD,
    NO_CHIP,
    NO_RIGHT,
    A_CHIP_THAT_DOES_NOT_OPEN,
    A_PIN_THAT_ANOTHER_HOLDS,
    A_PIN_THAT_A_NODE_HOLDS,
    NO_ONE_WIRE,
    NO_SENSOR,
    ANOTHER_SENSOR,
    SEVERAL_SENSORS;

    private static final Wiring ANOTHER = new Wiring(Map.of(), Map.of(), Optional.of("28-00000000dead"));

    /** What is said to the owner. @param root an empty folder */
    public List<Problem> problems(Path root) {
        FakePi pi = new FakePi(root);
        befall(pi);
        return pi.problems(this == ANOTHER_SENSOR ? ANOTHER : FakePi.THERMOSTAT);
    }

    private void befall(FakePi pi) {
        switch (this) {
            case NO_BOARD -> pi.isNoBoard();
            case ANOTHER_BOARD -> pi.isA("Orange Pi 5");
            case A_BOARD_TOO_NEW -> pi.is(Trouble.unknownBoard());
            case A_BOARD_TOO_OLD -> pi.is(Trouble.noLibrary("arm"));
            case NO_CHIP -> pi.hasNoChip();
            case NO_RIGHT -> pi.givesNoRightToItsChip();
            case A_CHIP_THAT_DOES_NOT_OPEN -> pi.is(Trouble.chipThatDoesNotOpen("No such device"));
            case A_PIN_THAT_ANOTHER_HOLDS -> pi.holds(17, "lirc");
            case A_PIN_THAT_A_NODE_HOLDS -> pi.holds(17, "hearth-17");
            case NO_ONE_WIRE -> pi.hasNoOneWire();
            case NO_SENSOR -> pi.hasNoSensor();
            case ANOTHER_SENSOR -> {} // The settings name one that was changed.
            case SEVERAL_SENSORS -> pi.hasSensor("28-000000000001");
        }
    }
}
