package hearth.common.hal.pi;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.hal.Inventory;
import hearth.common.hal.Problem;
import hearth.common.hal.Problem.Weight;
import hearth.common.hal.Wiring;
import hearth.common.hal.pi.Header.Trouble;
import hearth.common.value.Pin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said to the owner of a machine on which something is missing. */
class PreflightTest {

    private static final Wiring THERMOSTAT =
            new Wiring(Map.of("heat", new Pin(17, false), "cool", new Pin(27, true)), Map.of(), Optional.of(""));
    private static final Wiring SENSOR = new Wiring(Map.of(), Map.of(), Optional.of(""));

    @TempDir
    private Path root;

    private final FakeHeader header = new FakeHeader();

    @BeforeEach
    void aPiWithItsSensor() throws IOException {
        write("proc/device-tree/model", "Raspberry Pi 3 Model B\0");
        write("dev/gpiochip0", "");
        folder("sys/bus/w1/devices/w1_bus_master1");
        folder("sys/bus/w1/devices/28-0316a2793bff");
    }

    @Test
    void nothingIsSaidOfAMachineThatHasItAll() {
        assertThat(problems(THERMOSTAT)).isEmpty();
    }

    @Test
    void aCarNeedsNoBoard() {
        assertThat(new Preflight(root.resolve("nothing"), header).problems(Wiring.NONE))
                .isEmpty();
    }

    @Test
    void aPcIsNoPiWhateverIsWired() {
        Preflight pc = new Preflight(root.resolve("nothing"), header);
        Problem noPi =
                new Problem(Weight.FOR_GOOD, "this machine is no Raspberry Pi: run it with --mock DIR, or on a Pi");

        assertThat(pc.problems(THERMOSTAT)).containsExactly(noPi);
        assertThat(pc.problems(SENSOR)).containsExactly(noPi);
    }

    @Test
    void anotherBoardIsNamed() throws IOException {
        write("proc/device-tree/model", "Orange Pi 5\0");

        assertThat(problems(THERMOSTAT))
                .containsExactly(new Problem(
                        Weight.FOR_GOOD,
                        "this machine is a Orange Pi 5 and no Raspberry Pi: run it with --mock DIR, or on a Pi"));
    }

    @Test
    void anotherBoardsOneWireBusIsAsGoodAsAny() throws IOException {
        write("proc/device-tree/model", "Orange Pi 5\0");

        assertThat(problems(SENSOR)).isEmpty();
    }

    @Test
    void aChipThatIsNotThereMayComeYet() throws IOException {
        Files.delete(root.resolve("dev/gpiochip0"));

        assertThat(problems(THERMOSTAT))
                .singleElement()
                .matches(problem -> problem.weight() == Weight.FOR_NOW)
                .matches(problem -> problem.what().startsWith("there is no /dev/gpiochip0"));
    }

    @Test
    void aBoardThatPi4jDoesNotKnowIsForGoodAndAChipThatDoesNotOpenForNow() {
        header.trouble = Optional.of(new Trouble(true, "this board is not among those that Pi4J knows"));
        assertThat(problems(THERMOSTAT))
                .containsExactly(new Problem(Weight.FOR_GOOD, "this board is not among those that Pi4J knows"));

        header.trouble = Optional.of(new Trouble(false, "the pins' chip cannot be opened"));
        assertThat(problems(THERMOSTAT))
                .containsExactly(new Problem(Weight.FOR_NOW, "the pins' chip cannot be opened"));
    }

    @Test
    void eachPinThatSomebodyHoldsIsNamedWithItsHolder() {
        header.holders.put(17, "lirc");
        header.holders.put(22, "not ours to take");

        assertThat(problems(THERMOSTAT))
                .containsExactly(new Problem(
                        Weight.FOR_NOW,
                        "GPIO17 (heat) is held by lirc: end that program, or take another pin; gpioinfo lists who"
                                + " holds what"));
    }

    @Test
    void withoutTheOverlayItSaysWhichLineToAdd() throws IOException {
        Files.delete(root.resolve("sys/bus/w1/devices/w1_bus_master1"));

        assertThat(problems(SENSOR)).containsExactly(bearable("""
                1-Wire is not on: put dtoverlay=w1-gpio into /boot/firmware/config.txt \
                (before Debian 12: /boot/config.txt) and start the Pi anew"""));
    }

    @Test
    void aSensorThatDoesNotAnswerIsNoReasonNotToStart() throws IOException {
        Files.delete(root.resolve("sys/bus/w1/devices/28-0316a2793bff"));

        assertThat(problems(SENSOR)).containsExactly(bearable("""
                no DS18B20 answers on the 1-Wire bus: look at its three wires, and at the 4.7 kΩ between \
                data and 3.3 V"""));
    }

    @Test
    void amongSeveralSensorsItDoesNotGuess() throws IOException {
        folder("sys/bus/w1/devices/28-000000000001");

        assertThat(problems(SENSOR)).containsExactly(bearable("""
                there are several sensors: set sensor.address to one of [28-000000000001, 28-0316a2793bff]"""));
        assertThat(problems(new Wiring(Map.of(), Map.of(), Optional.of("28-000000000001"))))
                .isEmpty();
    }

    @Test
    void aSensorThatWasChangedIsNotTakenForTheOldOne() {
        assertThat(problems(new Wiring(Map.of(), Map.of(), Optional.of("28-00000000dead"))))
                .containsExactly(bearable("""
                        there is no sensor 28-00000000dead on the 1-Wire bus, but [28-0316a2793bff]: \
                        set sensor.address, or look at the wires"""));
    }

    @Test
    void anOwnerMayChooseAmongTheSensorsAndThePinsThatNobodyHolds() throws IOException {
        folder("sys/bus/w1/devices/28-000000000001");
        header.holders.put(17, "lirc");

        assertThat(new Preflight(root, header).inventory())
                .isEqualTo(new Inventory(List.of("28-000000000001", "28-0316a2793bff"), Set.of(17)));
        assertThat(new Preflight(root.resolve("nothing"), header).inventory()).isEqualTo(Inventory.UNKNOWN);
    }

    private List<Problem> problems(Wiring wiring) {
        return new Preflight(root, header).problems(wiring);
    }

    private static Problem bearable(String what) {
        return new Problem(Weight.BEARABLE, what);
    }

    private void folder(String path) throws IOException {
        Files.createDirectories(root.resolve(path));
    }

    private void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static final class FakeHeader implements Header {

        private Optional<Trouble> trouble = Optional.empty();
        private final Map<Integer, String> holders = new HashMap<>();

        @Override
        public Optional<Trouble> trouble() {
            return trouble;
        }

        @Override
        public Optional<String> holder(int pin) {
            return Optional.ofNullable(holders.get(pin));
        }
    }
}
