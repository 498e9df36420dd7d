package hearth.thermostat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hearth.testkit.MockBoard;
import hearth.testkit.NodeProcess;
import hearth.testkit.fault.Fault;
import hearth.testkit.net.LoopbackServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A node in a process of its own, as the unit starts it: its exit status, its output and its pins. */
@Tag("process")
@Timeout(180)
class LauncherTest {

    private static final Class<?> THERMOSTAT = ThermostatNode.class;
    private static final int HEAT = 17;
    private static final int COOL = 27;

    @TempDir
    Path folder;

    private final List<Process> others = new ArrayList<>();
    private final List<NodeProcess> programs = new ArrayList<>();

    @AfterEach
    void endAll() throws InterruptedException {
        for (NodeProcess program : programs) {
            program.close();
        }
        for (Process process : others) {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void helpListsTheOptions() throws Exception {
        NodeProcess program = start(THERMOSTAT, "--help");

        assertThat(program.exitStatus()).isZero();
        assertThat(program.outputText()).startsWith("thermostat-node: ").contains("--config FILE", "--mock DIR", "78");
    }

    @Test
    void versionPrintsTheVersion() throws Exception {
        NodeProcess program = start(THERMOSTAT, "--version");

        assertThat(program.exitStatus()).isZero();
        assertThat(program.outputText()).matches("thermostat-node \\S+\\n");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "--fast, --fast: no such option; see thermostat-node --help",
        "--config, --config: expected a settings file after it",
        "--speed 60, --speed requires --mock DIR: real hardware runs in real time"
    })
    void anInvalidCommandLineEndsWithAMessageAndStatus78(String line, String why) throws Exception {
        NodeProcess program = start(THERMOSTAT, line.split(" ", -1));

        assertThat(program.exitStatus()).isEqualTo(78);
        assertThat(program.outputText()).isEqualTo(why + "\n");
    }

    @Test
    void withoutASettingsFileItPrintsThePathItLookedAt() throws Exception {
        Path missing = folder.resolve("missing.conf");

        NodeProcess program = start(THERMOSTAT, "--config", missing.toString());

        assertThat(program.exitStatus()).isEqualTo(78);
        assertThat(program.outputText())
                .isEqualTo(missing + ": the file does not exist: give its path with --config FILE\n");
    }

    @Test
    void aCheckOfGoodSettingsTouchesNothing() throws Exception {
        Path config = settings("");

        NodeProcess program = start(THERMOSTAT, "--check", "--config", config.toString(), "--mock", board().toString());

        assertThat(program.exitStatus()).isZero();
        assertThat(program.outputText()).isEqualTo(config + ": no problems found\n");
        assertThat(board()).doesNotExist();
    }

    @Test
    @Fault("H1")
    void aCheckListsAllMistakesEachWithItsRemedy() throws Exception {
        Path config = Files.writeString(folder.resolve("airco.conf"), """
                node.name = Airco 1
                broker.urls = http://localhost
                airco.target = 200
                airco.heat.gpio = 4
                airco.heat.min-on = fast
                airco.tagret = 20
                """);

        NodeProcess program = start(THERMOSTAT, "--check", "--config", config.toString(), "--mock", board().toString());

        assertThat(program.exitStatus()).isEqualTo(78);
        assertThat(program.outputText().lines())
                .containsExactly(
                        "airco.conf:1: node.name = Airco 1: expected 1 to 32 characters, each a to z, 0 to 9 or hyphen",
                        "airco.conf:2: broker.urls = http://localhost: expected mqtt://host:port or mqtts://host:port",
                        "airco.conf:3: airco.target = 200: must be from 5.0 °C to 30.0 °C",
                        "airco.conf:4: airco.heat.gpio = 4: is the pin of the 1-Wire bus: choose another pin",
                        "airco.conf:5: airco.heat.min-on = fast: expected a duration such as 30s, 5m or 4h",
                        "airco.conf:6: airco.tagret = 20: no such setting (did you mean airco.target?)");
        assertThat(board()).doesNotExist();
    }

    @Test
    void badSettingsEndWithStatus78BeforeAnyPinIsTouched() throws Exception {
        NodeProcess program = run(settings("airco.target = 200"));

        assertThat(program.exitStatus()).isEqualTo(78);
        assertThat(program.outputText()).contains("airco.target = 200");
        assertThat(board()).doesNotExist();
    }

    @Test
    void onAMachineThatIsNoRaspberryPiItPrintsARemedy() throws Exception {
        NodeProcess program = start(THERMOSTAT, "--config", settings("").toString());

        assertThat(program.exitStatus()).isEqualTo(78);
        assertThat(program.outputText()).contains("--mock DIR");
    }

    @Test
    void withoutABrokerItHeatsAndCools() throws Exception {
        roomIs(20);
        NodeProcess program = run(settings(""));
        program.awaitCondition(() -> level(HEAT).equals("0") && level(COOL).equals("0"));

        roomIs(18);
        program.awaitCondition(() -> level(HEAT).equals("1"));

        roomIs(20);
        program.awaitCondition(() -> level(HEAT).equals("0"));

        roomIs(22);
        program.awaitCondition(() -> level(COOL).equals("1"));
        assertThat(level(HEAT)).isEqualTo("0");
    }

    @Test
    @Fault("A17")
    void withoutASensorItKeepsRunningAndHeatsOnceOneIsPluggedIn() throws Exception {
        Files.createDirectories(board().resolve("w1"));
        NodeProcess program = run(settings(""));
        program.awaitCondition(() -> program.outputText().contains("fault sensor-missing"));
        assertThat(level(HEAT)).isEqualTo("0");

        roomIs(18);

        program.awaitCondition(() -> level(HEAT).equals("1"));
    }

    @Test
    @Fault("I1")
    void withoutAStateFolderItControlsTheRoomAndPublishesTheFault() throws Exception {
        roomIs(18);
        Files.writeString(board().resolve("state"), "a file where the folder should be");

        NodeProcess program = run(settings(""));

        program.awaitCondition(() -> level(HEAT).equals("1"));
        assertThat(program.outputText()).contains("cannot lock", "airco.lock");
    }

    @Test
    @Fault("I1")
    void withAStateFileThatCanBeNeitherReadNorWrittenItControlsTheRoomAndPublishesTheFault() throws Exception {
        roomIs(18);
        Files.createDirectories(board().resolve("state/airco.state/in-the-way"));

        NodeProcess program = run(settings(""));

        program.awaitCondition(() -> level(HEAT).equals("1"));
        program.awaitCondition(() -> program.outputText().contains("fault storage"));
    }

    @Test
    void onSigtermItSwitchesAllOutputsOffAndLogsIt() throws Exception {
        NodeProcess program = heating();

        program.process().destroy();

        assertThat(program.exitStatus()).isZero();
        assertThat(level(HEAT)).isEqualTo("0");
        assertThat(level(COOL)).isEqualTo("0");
        assertThat(program.outputText()).contains("heat on").endsWith("stopped; all outputs are off\n");
    }

    @Test
    @Fault("B1")
    void killedWhileHeatingItsNextStartSwitchesOffFirst() throws Exception {
        NodeProcess killed = heating();
        killed.kill();
        assertThat(level(HEAT)).isEqualTo("1");
        MockBoard pins = new MockBoard(board());
        int before = pins.changes().size();

        NodeProcess again = run(settings(""));
        again.awaitCondition(() -> pins.changes(HEAT, before).size() == 2);

        assertThat(pins.changes(HEAT, before))
                .extracting(MockBoard.OutputChange::on)
                .containsExactly(false, true);
    }

    /** Ctrl-S in a terminal, a pager that waits, a journal on a failing card. */
    @Test
    void aLogThatNobodyReadsBlocksNothing() throws Exception {
        Path full = folder.resolve("full");
        run("mkfifo '%s'".formatted(full)).waitFor();
        run("exec sleep 600 < '%s'".formatted(full));
        run("head -c 65536 /dev/zero > '%s'".formatted(full)).waitFor();
        roomIs(18);
        NodeProcess program = start(
                full, THERMOSTAT, "--config", settings("").toString(), "--mock", board().toString(), "--speed", "60");

        await().atMost(NodeProcess.TIMEOUT).until(() -> level(HEAT).equals("1"));
        roomIs(21);
        await().atMost(NodeProcess.TIMEOUT).until(() -> level(HEAT).equals("0"));
        roomIs(18);
        await().atMost(NodeProcess.TIMEOUT).until(() -> level(HEAT).equals("1"));
        program.process().destroy();

        assertThat(program.process().waitFor(NodeProcess.TIMEOUT.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        assertThat(program.process().exitValue()).isZero();
        assertThat(level(HEAT)).isEqualTo("0");
    }

    @Test
    void theSecondOfTwoCopiesLogsWhyItDoesNotStart() throws Exception {
        NodeProcess first = heating();

        NodeProcess second = run(settings(""));

        assertThat(second.exitStatus()).isEqualTo(1);
        assertThat(second.outputText()).contains("another process of node airco", "node.name");
        assertThat(first.process().isAlive()).isTrue();
        assertThat(level(HEAT)).isEqualTo("1");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    @Fault("C2")
    void aBugOnAnyThreadEndsTheProcess(CrashingNode.CrashingThread place) throws Exception {
        Path config = Files.writeString(
                folder.resolve("buggy.conf"),
                "node.name = buggy\nbug = " + place.name().toLowerCase(Locale.ROOT)
                        + "\nbroker.urls = mqtt://127.0.0.1:" + LoopbackServer.freePort() + "\n");

        NodeProcess program = start(CrashingNode.class, "--config", config.toString(), "--mock", board().toString());

        assertThat(program.exitStatus()).isEqualTo(1);
        assertThat(program.outputText())
                .contains("ArithmeticException", "the process exits, so that systemd starts it again");
    }

    private NodeProcess heating() throws Exception {
        roomIs(18);
        NodeProcess program = run(settings(""));
        program.awaitCondition(() -> level(HEAT).equals("1"));
        return program;
    }

    private Process run(String command) throws IOException {
        Process process = new ProcessBuilder("sh", "-c", command).start();
        others.add(process);
        return process;
    }

    private NodeProcess run(Path config) throws IOException {
        return start(THERMOSTAT, "--config", config.toString(), "--mock", board().toString(), "--speed", "60");
    }

    private NodeProcess start(Class<?> main, String... args) throws IOException {
        return start(Files.createTempFile(folder, "words", ".log"), main, args);
    }

    private NodeProcess start(Path words, Class<?> main, String... args) throws IOException {
        NodeProcess program = NodeProcess.start(words, main, args);
        programs.add(program);
        return program;
    }

    private Path settings(String line) throws IOException {
        String text = """
                node.name = airco
                broker.urls = mqtt://127.0.0.1:%d
                airco.heat.gpio = %d
                airco.heat.min-on = 0s
                airco.heat.min-off = 0s
                airco.cool.gpio = %d
                airco.cool.min-on = 0s
                airco.cool.min-off = 0s
                airco.dead-time = 1s
                %s
                """.formatted(LoopbackServer.freePort(), HEAT, COOL, line);
        return Files.writeString(folder.resolve("airco.conf"), text);
    }

    private void roomIs(double degrees) throws IOException {
        new MockBoard(board()).setTemperature(degrees);
    }

    private Path board() {
        return folder.resolve("board");
    }

    private String level(int pin) throws IOException {
        return new MockBoard(board()).level(pin);
    }
}
