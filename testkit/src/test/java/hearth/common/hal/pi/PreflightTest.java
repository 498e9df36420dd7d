package hearth.common.hal.pi;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.hal.Inventory;
import hearth.common.hal.Problem;
import hearth.common.hal.Problem.Severity;
import hearth.common.hal.Wiring;
import hearth.common.hal.pi.GpioHeader.GpioProblem;
import hearth.testkit.fault.Fault;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The messages to an owner on whose machine something is missing. */
class PreflightTest {

    private static final Wiring SENSOR = new Wiring(Map.of(), Map.of(), Optional.of(""));

    @TempDir
    private Path root;

    @TempDir
    private Path anotherRoot;

    private FakePi pi;

    @BeforeEach
    void aPiWithItsSensor() {
        pi = new FakePi(root);
    }

    @Test
    void aCompleteMachineHasNoProblem() {
        assertThat(pi.problems(FakePi.THERMOSTAT)).isEmpty();
    }

    @Test
    void aCarRequiresNoBoard() {
        pi.removeModel();

        assertThat(pi.problems(Wiring.NONE)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void eachInjectedFaultIsOneProblem(BoardProblem problem) {
        assertThat(problem.problems(anotherRoot)).hasSize(1);
    }

    @Test
    void aPcIsNotAPiForAnyWiring() {
        pi.removeModel();

        Problem noPi = new Problem(
                Severity.FATAL, "this machine is not a Raspberry Pi: run the node on a Pi, or with --mock DIR");
        assertThat(pi.problems(FakePi.THERMOSTAT)).containsExactly(noPi);
        assertThat(pi.problems(SENSOR)).containsExactly(noPi);
    }

    @Test
    void anotherBoardIsNamed() {
        assertThat(problems(BoardProblem.ANOTHER_BOARD))
                .containsExactly(new Problem(
                        Severity.FATAL,
                        "this machine (Orange Pi 5) is not a Raspberry Pi: run the node on a Pi, or with --mock DIR"));
    }

    @Test
    void theOneWireBusOfAnotherBoardIsAccepted() {
        pi.setModel("Orange Pi 5");

        assertThat(pi.problems(SENSOR)).isEmpty();
    }

    @Test
    void aMissingGpioChipMayAppearLater() {
        assertThat(problems(BoardProblem.NO_CHIP))
                .singleElement()
                .matches(problem -> problem.severity() == Severity.RETRY)
                .matches(problem -> problem.message().startsWith("/dev/gpiochip0 does not exist"));
    }

    @Test
    void withoutPermissionForThePinsTheGroupIsNamed() {
        assertThat(problems(BoardProblem.NO_PERMISSION))
                .containsExactly(new Problem(
                        Severity.RETRY,
                        "no permission to use /dev/gpiochip0: run sudo usermod -aG gpio"
                                + " " + System.getProperty("user.name")
                                + " and log in again"));
    }

    @Test
    void aBoardThatPi4jDoesNotSupportIsFatal() {
        for (BoardProblem problem : List.of(BoardProblem.BOARD_TOO_NEW, BoardProblem.BOARD_TOO_OLD)) {
            assertThat(problems(problem)).singleElement().matches(found -> found.severity() == Severity.FATAL);
        }
    }

    @Test
    @Fault("B11")
    void withoutTheHeadersChipNoOtherChipIsUsed() {
        pi.setGpioProblem(GpioProblem.chipDoesNotOpen("No such device"));

        assertThat(pi.problems(FakePi.THERMOSTAT))
                .containsExactly(new Problem(Severity.RETRY, "the GPIO chip cannot be opened: No such device"));
    }

    @Test
    void eachPinInUseIsNamedWithItsConsumer() {
        pi.setConsumer(17, "lirc");
        pi.setConsumer(22, "not ours to take");

        assertThat(pi.problems(FakePi.THERMOSTAT))
                .containsExactly(new Problem(
                        Severity.RETRY,
                        "GPIO17 (heat) is in use by lirc: stop that program, or choose another pin; gpioinfo lists"
                                + " the users of all pins"));
    }

    @Test
    void aPinUsedByANodeIsFreedByStoppingItsService() {
        assertThat(problems(BoardProblem.PIN_USED_BY_A_NODE))
                .containsExactly(new Problem(
                        Severity.RETRY,
                        "GPIO17 (heat) is in use by a running node (hearth-17): stop its service first, or choose"
                                + " another pin"));
    }

    @Test
    void withoutTheOverlayTheMissingLineIsNamed() {
        pi.removeOneWire();

        assertThat(pi.problems(SENSOR)).containsExactly(warning("""
                1-Wire is not enabled: add dtoverlay=w1-gpio to /boot/firmware/config.txt \
                (before Debian 12: /boot/config.txt) and restart the Pi"""));
    }

    @Test
    void aSensorThatDoesNotAnswerDoesNotPreventTheStart() {
        pi.removeSensors();

        assertThat(pi.problems(SENSOR)).containsExactly(warning("""
                no DS18B20 answers on the 1-Wire bus: check its three wires and the 4.7 kΩ \
                resistor between data and 3.3 V"""));
    }

    @Test
    void withSeveralSensorsNoneIsChosen() {
        pi.addSensor("28-000000000001");

        assertThat(pi.problems(SENSOR)).containsExactly(warning("""
                several sensors are connected: set sensor.address to one of [28-000000000001, 28-0316a2793bff]"""));
        assertThat(pi.problems(new Wiring(Map.of(), Map.of(), Optional.of("28-000000000001"))))
                .isEmpty();
    }

    @Test
    void aReplacedSensorIsNotUsedForTheConfiguredOne() {
        assertThat(problems(BoardProblem.ANOTHER_SENSOR)).containsExactly(warning("""
                the 1-Wire bus has no sensor 28-00000000dead, only [28-0316a2793bff]: \
                correct sensor.address, or check the wires"""));
    }

    @Test
    void theInventoryListsTheSensorsAndThePinsInUse() {
        pi.addSensor("28-000000000001");
        pi.setConsumer(17, "lirc");

        assertThat(pi.inventory()).isEqualTo(new Inventory(List.of("28-000000000001", "28-0316a2793bff"), Set.of(17)));
    }

    @Test
    void theInventoryOfAMachineThatIsNotABoardIsEmpty() {
        pi.removeModel();
        pi.removeSensors();
        pi.setConsumer(17, "lirc");

        assertThat(pi.inventory()).isEqualTo(Inventory.UNKNOWN);
    }

    private List<Problem> problems(BoardProblem problem) {
        return problem.problems(anotherRoot);
    }

    private static Problem warning(String message) {
        return new Problem(Severity.WARNING, message);
    }
}
