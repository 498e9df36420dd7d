package hearth.common.hal.pi;

import hearth.common.hal.Problem;
import hearth.common.hal.Wiring;
import hearth.common.hal.pi.GpioHeader.GpioProblem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All problems that a preflight can report, each of them injected: for its test, and for docs/troubleshooting.md. */
public enum BoardProblem {
    NO_BOARD,
    ANOTHER_BOARD,
    BOARD_TOO_NEW,
    BOARD_TOO_OLD,
    NO_CHIP,
    NO_PERMISSION,
    CHIP_DOES_NOT_OPEN,
    PIN_USED_BY_ANOTHER_PROGRAM,
    PIN_USED_BY_A_NODE,
    NO_ONE_WIRE,
    NO_SENSOR,
    ANOTHER_SENSOR,
    SEVERAL_SENSORS;

    private static final Wiring ANOTHER = new Wiring(Map.of(), Map.of(), Optional.of("28-00000000dead"));

    /** The messages to the owner. @param root an empty folder */
    public List<Problem> problems(Path root) {
        FakePi pi = new FakePi(root);
        inject(pi);
        return pi.problems(this == ANOTHER_SENSOR ? ANOTHER : FakePi.THERMOSTAT);
    }

    private void inject(FakePi pi) {
        switch (this) {
            case NO_BOARD -> pi.removeModel();
            case ANOTHER_BOARD -> pi.setModel("Orange Pi 5");
            case BOARD_TOO_NEW -> pi.setGpioProblem(GpioProblem.unknownBoard());
            case BOARD_TOO_OLD -> pi.setGpioProblem(GpioProblem.noLibrary("arm"));
            case NO_CHIP -> pi.removeChip();
            case NO_PERMISSION -> pi.denyChip();
            case CHIP_DOES_NOT_OPEN -> pi.setGpioProblem(GpioProblem.chipDoesNotOpen("No such device"));
            case PIN_USED_BY_ANOTHER_PROGRAM -> pi.setConsumer(17, "lirc");
            case PIN_USED_BY_A_NODE -> pi.setConsumer(17, "hearth-17");
            case NO_ONE_WIRE -> pi.removeOneWire();
            case NO_SENSOR -> pi.removeSensors();
            case ANOTHER_SENSOR -> {} // The settings name one that was changed.
            case SEVERAL_SENSORS -> pi.addSensor("28-000000000001");
        }
    }
}
