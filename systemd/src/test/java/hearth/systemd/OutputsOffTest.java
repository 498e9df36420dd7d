package hearth.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.hal.Wiring;
import hearth.common.runtime.NodeType;
import hearth.common.settings.BadSettings;
import hearth.common.settings.Setting;
import hearth.common.settings.Settings;
import hearth.common.value.Pin;
import hearth.testkit.ProgramRun;
import hearth.testkit.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The stop hook, which switches off the outputs of a node that has ended, with test programs instead of gpiod's. */
@Timeout(120)
class OutputsOffTest {

    private static final Path HOOK = Path.of("package-gpio/usr/lib/@node@/outputs-off");
    private static final String PI_3 =
            "gpiochip0 [pinctrl-bcm2835] (54 lines)\ngpiochip1 [raspberrypi-exp-gpio] (8 lines)\n";
    private static final String PI_5 =
            "gpiochip0 [gpio-brcmstb@107d508500] (32 lines)\ngpiochip4 [pinctrl-rp1] (54 lines)\n";

    @TempDir
    private Path folder;

    private Path script = HOOK;

    @BeforeEach
    void aBoardWithGpiod1() throws IOException {
        script = Files.writeString(
                folder.resolve("outputs-off"),
                Files.readString(HOOK).replace("@node.outputs@", "room.heat room.cool pump"));
        installGpiod("v1.6.3");
        installGpiodetect(PI_3);
    }

    @Test
    void gpiod1DrivesAllOutputsAtOnce() throws Exception {
        ProgramRun hook = runHook("room.heat.gpio = 17\nroom.cool.gpio = 27\n");

        assertThat(hook.status()).isZero();
        assertThat(hook.output()).isEqualTo("outputs off: gpiochip0 17=0 27=0\n");
        assertThat(gpiosetCalls()).containsExactly("--mode=exit gpiochip0 17=0 27=0");
    }

    @Test
    void gpiod2DrivesAllOutputsAtOnce() throws Exception {
        installGpiod("v2.2.1");

        assertThat(runHook("room.heat.gpio = 17\nroom.cool.gpio = 27\n").status())
                .isZero();
        assertThat(gpiosetCalls()).containsExactly("-t0 -c gpiochip0 17=0 27=0");
    }

    @Test
    @Fault("B11")
    void theChipOfTheHeaderIsUsed() throws Exception {
        installGpiodetect(PI_5);

        runHook("pump.gpio = 22\n");

        assertThat(gpiosetCalls()).containsExactly("--mode=exit gpiochip4 22=0");
    }

    @Test
    void withoutAListOfChipsTheFirstIsUsed() throws Exception {
        installGpiodetect("");

        runHook("pump.gpio = 22\n");

        assertThat(gpiosetCalls()).containsExactly("--mode=exit gpiochip0 22=0");
    }

    @Test
    void anActiveLowRelayIsOffAtTheHighLevel() throws Exception {
        runHook(
                "room.heat.active-low = true\nroom.heat.gpio = 17\nroom.cool.gpio = 27\nroom.cool.active-low = false\n");

        assertThat(gpiosetCalls()).containsExactly("--mode=exit gpiochip0 17=1 27=0");
    }

    @Test
    void inputsAreNotChanged() throws Exception {
        runHook("pump.gpio = 22\npump.full.gpio = 5\npump.dry.gpio = 6\npump.dry.active-low = true\n");

        assertThat(gpiosetCalls()).containsExactly("--mode=exit gpiochip0 22=0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pump.gpio=22",
                "  pump.gpio\t =   22  \n",
                "pump.gpio = 22\r\npump.active-low = false\r\n",
                "#pump.gpio = 5\n  # pump.active-low = true\npump.gpio = 22",
                "\n\nnode.name = garden\nno setting at all\n= 3\npump.gpio = 22\npump.gpio = 22\n",
                "pump.gpio = 022\n",
                "a.pump.gpio = 5\npump.gpio.gpio = 6\npump.gpio = 22\n",
            })
    void itReadsSettingsAsTheNodeDoes(String settings) throws Exception {
        assertThat(runHook(settings).status()).isZero();
        assertThat(gpiosetCalls()).containsExactly("--mode=exit gpiochip0 22=0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "node.name = sensor\n", "room.heat.gpio = none\n", "#room.heat.gpio = 17\n"})
    void aSensorHasNoOutputs(String settings) throws Exception {
        ProgramRun hook = runHook(settings);

        assertThat(hook.status()).isZero();
        assertThat(hook.output()).isEqualTo("outputs off: the settings have no outputs\n");
        assertThat(gpiosetCalls()).isEmpty();
    }

    @Test
    void aPinInUseDoesNotKeepTheOthersOn() throws Exception {
        Files.writeString(folder.resolve("busy"), "17=0");

        ProgramRun hook = runHook("room.heat.gpio = 17\nroom.cool.gpio = 27\n");

        assertThat(hook.status()).isEqualTo(1);
        assertThat(hook.output()).isEqualTo("""
                        outputs off: gpiochip0 27=0
                        outputs off: gpiochip0: FAILED to switch off 17=0 (gpioset: Device or resource busy)
                        """);
        assertThat(gpiosetCalls())
                .containsExactly(
                        "--mode=exit gpiochip0 17=0 27=0", "--mode=exit gpiochip0 17=0", "--mode=exit gpiochip0 27=0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "room.heat.gpio = 17\nroom.heat.active-low = ture\n",
                "room.heat.gpio = 17\nroom.heat.active-low = true\nroom.heat.active-low = false\n",
                "room.heat.gpio = 17\nroom.heat.active-low = true\npump.gpio = 17\n",
                "room.heat.gpio = seventeen\n",
                "room.heat.gpio = 170\n",
                "room.heat.gpio = -17\n",
            })
    void aLevelIsNeverGuessed(String settings) throws Exception {
        ProgramRun hook = runHook(settings + "room.cool.gpio = 27\n");

        assertThat(hook.status()).isEqualTo(1);
        assertThat(hook.output())
                .startsWith("outputs off: not switched off, because the settings do not define which level is off: ");
        assertThat(gpiosetCalls()).containsExactly("--mode=exit gpiochip0 27=0");
    }

    @Test
    void settingsThatTheNodeRejectedTouchNoPin() throws Exception {
        ProgramRun hook = runHook(Map.of("EXIT_STATUS", "78"), "room.heat.gpio = 17\n");

        assertThat(hook.status()).isZero();
        assertThat(hook.output())
                .isEqualTo("outputs off: no pin was changed, because the node rejected its settings\n");
        assertThat(gpiosetCalls()).isEmpty();
    }

    @Test
    void anyOtherExitStatusSwitchesTheOutputsOff() throws Exception {
        for (String status : List.of("KILL", "1", "143", "")) {
            assertThat(runHook(Map.of("EXIT_STATUS", status), "room.heat.gpio = 17\n")
                            .status())
                    .isZero();
        }

        assertThat(gpiosetCalls()).hasSize(4);
    }

    @Test
    void inTheJournalEachLineHasItsPriority() throws Exception {
        assertThat(runHook(Map.of("JOURNAL_STREAM", "8:1"), "pump.gpio = 22\n").output())
                .isEqualTo("<6>outputs off: gpiochip0 22=0\n");
        assertThat(runHook(Map.of("JOURNAL_STREAM", "8:1"), "pump.gpio = 99\n").output())
                .startsWith("<3>outputs off: ");
    }

    @Test
    void missingSettingsAreReported() throws Exception {
        ProgramRun hook = ProgramRun.run(environment(Map.of()), "sh", script.toString(), "nowhere.conf");

        assertThat(hook.status()).isEqualTo(1);
        assertThat(hook.output()).isEqualTo("outputs off: cannot read the settings nowhere.conf: no pin was changed\n");
    }

    @Test
    void withoutGpiodItReportsTheOutputsThatMayBeOn() throws Exception {
        Files.delete(bin().resolve("gpioset"));

        ProgramRun hook = runHook("pump.gpio = 22\n");

        assertThat(hook.status()).isEqualTo(1);
        assertThat(hook.output())
                .isEqualTo("outputs off: gpioset is not installed, so these may be on: 22=0; sudo apt install gpiod\n");
    }

    @Test
    void aGpiosetThatHangsIsStoppedAfterThreeSeconds() throws Exception {
        installProgram("gpioset", "case $1 in --version) exit 0 ;; esac; exec sleep 1000");

        ProgramRun hook = runHook("pump.gpio = 22\n");

        assertThat(hook.status()).isEqualTo(1);
        assertThat(hook.output()).isEqualTo("outputs off: gpiochip0: FAILED to switch off 22=0 (no answer)\n");
    }

    static Stream<String> withOutputs() {
        return PackagedNodes.withOutputs().stream();
    }

    /** For all pins that a node's settings can name: the hook sets exactly the outputs that the node sets. */
    @ParameterizedTest
    @MethodSource("withOutputs")
    void theHookAndTheNodeAgreeOnWhatIsAnOutput(String node) throws Exception {
        script = PackagedNodes.generatedFile(node, "/usr/lib/" + node + "/outputs-off");
        NodeType<?> nodeType = PackagedNodes.nodeType(node);
        Random random = new Random(4);
        for (int n = 0; n < 20; n++) {
            String settings = pinsOf(nodeType, random);
            Files.deleteIfExists(folder.resolve("driven"));

            runHook(settings);

            TreeSet<String> offs = new TreeSet<>();
            wiring(nodeType, settings).outputs().values().forEach(pin -> offs.add(offCall(pin)));
            assertThat(String.join("", gpiosetCalls()))
                    .as(settings)
                    .isEqualTo(offs.isEmpty() ? "" : "--mode=exit gpiochip0 " + String.join(" ", offs));
        }
    }

    private static String pinsOf(NodeType<?> nodeType, Random random) {
        Settings empty = Settings.of("any.conf", "");
        String problems = problems(nodeType, empty);
        StringBuilder settings = new StringBuilder();
        int pin = 10;
        for (Setting<?> setting : empty.requestedSettings()) {
            if (setting.key().endsWith(".gpio") && (problems.contains(setting.key()) || random.nextInt(4) > 0)) {
                settings.append(setting.key()).append(" = ").append(pin++).append('\n');
            } else if (setting.key().endsWith(".active-low")) {
                settings.append(setting.key())
                        .append(" = ")
                        .append(random.nextBoolean())
                        .append('\n');
            }
        }
        return settings.toString();
    }

    /** The problems that the node reports for a file without settings. */
    private static String problems(NodeType<?> nodeType, Settings empty) {
        try {
            empty.check(nodeType::readSettings);
            return "";
        } catch (BadSettings e) {
            return String.join("\n", e.problems());
        }
    }

    private static <C> Wiring wiring(NodeType<C> nodeType, String settings) {
        return nodeType.wiring(nodeType.readSettings(Settings.of("any.conf", settings)));
    }

    private static String offCall(Pin pin) {
        return pin.number() + "=" + (pin.activeLow() ? 1 : 0);
    }

    private ProgramRun runHook(String settings) throws IOException, InterruptedException {
        return runHook(Map.of(), settings);
    }

    private ProgramRun runHook(Map<String, String> environment, String settings)
            throws IOException, InterruptedException {
        Path conf = Files.writeString(folder.resolve("any.conf"), settings);
        return ProgramRun.run(environment(environment), "sh", script.toString(), conf.toString());
    }

    private Map<String, String> environment(Map<String, String> more) throws IOException {
        Map<String, String> all = new HashMap<>(Map.of("JOURNAL_STREAM", "", "EXIT_STATUS", ""));
        all.put("PATH", bin().toString());
        all.putAll(more);
        return all;
    }

    private List<String> gpiosetCalls() throws IOException {
        Path driven = folder.resolve("driven");
        return Files.exists(driven) ? Files.readAllLines(driven) : List.of();
    }

    private void installGpiodetect(String output) throws IOException {
        installProgram("gpiodetect", "printf '" + output.replace("\n", "\\n") + "'");
    }

    private void installGpiod(String version) throws IOException {
        installProgram("gpioset", """
                case $1 in --version) echo 'gpioset (libgpiod) %s'; exit ;; esac
                echo "$*" >>%s/driven
                case "$*" in *"$(cat %s/busy 2>/dev/null || echo nothing)"*) echo 'gpioset: Device or resource busy' >&2; exit 1 ;; esac
                """.formatted(version, folder, folder));
    }

    private void installProgram(String name, String script) throws IOException {
        Path program = Files.writeString(bin().resolve(name), "#!/bin/sh\n" + script + "\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
    }

    /** The only folder in the hook's PATH: the test's programs, and those that every Debian has. */
    private Path bin() throws IOException {
        Path bin = folder.resolve("bin");
        if (!Files.exists(bin)) {
            Files.createDirectory(bin);
            for (String name : List.of("sh", "awk", "tr", "sort", "timeout", "cat", "sleep")) {
                Path there = Path.of("/usr/bin", name);
                Files.createSymbolicLink(bin.resolve(name), Files.exists(there) ? there : Path.of("/bin", name));
            }
        }
        return bin;
    }
}
