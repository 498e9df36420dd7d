package hearth.thermostat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hearth.common.mqtt.CommandClient;
import hearth.common.store.StateFile;
import hearth.testkit.MockBoard;
import hearth.testkit.MockBoard.OutputChange;
import hearth.testkit.NodeProcess;
import hearth.testkit.bus.Mosquitto;
import hearth.testkit.fault.Fault;
import hearth.testkit.net.LoopbackServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Faults of a thermostat's process, saved state, settings and broker, with real processes and a real broker. */
@Tag("broker")
@Timeout(180)
class ProcessFaultsTest {

    private static final int HEAT = 17;
    private static final int COOL = 27;
    private static final int ANOTHER = 22;

    @TempDir
    Path folder;

    private final List<AutoCloseable> toClose = new ArrayList<>();

    @AfterEach
    void endAll() throws Exception {
        for (AutoCloseable each : toClose) {
            each.close();
        }
    }

    @Test
    @Fault("C3")
    void outOfMemoryItEndsAndItsNextStartSwitchesOffFirst() throws Exception {
        Path config = settings("");
        board().setTemperature(18);
        NodeProcess leaking = start(List.of("-Xmx16m"), FaultInjectedThermostat.class, withFaultFolder(config));
        leaking.awaitCondition(() -> board().level(HEAT).equals("1"));

        Files.createFile(folder.resolve("leak"));

        assertThat(leaking.exitStatus()).isEqualTo(3);
        assertThat(leaking.outputText()).contains("java.lang.OutOfMemoryError");
        offFirstThenHeatingAgain(config);
    }

    @Test
    @Fault("C2")
    void aThreadThatDiesWhileItHeatsSwitchesItOffAndEndsTheProcess() throws Exception {
        Path config = settings("");
        board().setTemperature(18);
        NodeProcess dying = start(List.of(), FaultInjectedThermostat.class, withFaultFolder(config));
        dying.awaitCondition(() -> board().level(HEAT).equals("1"));

        Files.createFile(folder.resolve("bug"));

        assertThat(dying.exitStatus()).isEqualTo(1);
        assertThat(dying.outputText()).contains("bug in the program, in thread injected-fault; the process exits");
        assertThat(board().level(HEAT)).isEqualTo("0");
        offFirstThenHeatingAgain(config);
    }

    @Test
    @Fault("C8")
    void theSecondOfTwoCopiesTouchesNoPin() throws Exception {
        Path config = settings("");
        board().setTemperature(18);
        NodeProcess first = run(config);
        first.awaitCondition(() -> board().level(HEAT).equals("1"));
        List<OutputChange> before = board().changes();

        NodeProcess second = run(config);

        assertThat(second.exitStatus()).isEqualTo(1);
        assertThat(second.outputText()).contains("another process of node airco", "node.name");
        assertThat(board().changes()).isEqualTo(before);
        assertThat(first.process().isAlive()).isTrue();
    }

    @Test
    @Fault({"C4", "H1"})
    void badSettingsAreListedLineByLineAndTouchNoPinHoweverOftenItIsStarted() throws Exception {
        Path config = Files.writeString(folder.resolve("airco.conf"), """
                airco.target = warm
                airco.tagret = 20
                airco.heat.gpio = 17
                airco.cool.gpio = 17
                airco.heat.gpio = 18
                sensor.plausible-min = 40
                sensor.plausible-max = 10
                airco.heat-below = 9
                airco.cool.max-on = 1m
                """);

        for (int boot = 1; boot <= 3; boot++) {
            NodeProcess rejected = run(config);

            assertThat(rejected.exitStatus()).isEqualTo(78);
            assertThat(rejected.outputText().lines())
                    .as("one line a mistake, each with its file and line")
                    .hasSize(8)
                    .allMatch(line -> line.matches("airco\\.conf(:\\d+)?: [a-z.-]+.*: .*"))
                    .anyMatch(line -> line.startsWith("airco.conf: node.name: must be set"))
                    .anyMatch(line -> line.startsWith("airco.conf:1: airco.target = warm: expected"))
                    .anyMatch(line -> line.startsWith("airco.conf:2: airco.tagret = 20: no such setting"))
                    .anyMatch(line ->
                            line.startsWith("airco.conf:4: airco.cool.gpio = 17: is already used by airco.heat.gpio"))
                    .anyMatch(line -> line.startsWith("airco.conf:5: airco.heat.gpio = 18: airco.heat.gpio is set in"))
                    .anyMatch(line -> line.startsWith("airco.conf:8: airco.heat-below = 9: must be from"));
            assertThat(board().folder()).doesNotExist();
        }
    }

    @Test
    @Fault("H1")
    void aRelayOnThePinOfTheSensorIsRejectedBeforeAnyPinIsTouched() throws Exception {
        Path config = Files.writeString(folder.resolve("airco.conf"), "node.name = airco\nairco.heat.gpio = 4\n");

        NodeProcess rejected = run(config);

        assertThat(rejected.exitStatus()).isEqualTo(78);
        assertThat(rejected.outputText())
                .isEqualTo("airco.conf:2: airco.heat.gpio = 4: is the pin of the 1-Wire bus: choose another pin\n");
        assertThat(board().folder()).doesNotExist();
    }

    @Test
    @Fault("H3")
    void settingsThatChangeWhileItRunsApplyFromTheNextStart() throws Exception {
        Path config = settings("");
        board().setTemperature(18);
        NodeProcess running = run(config);
        running.awaitCondition(() -> board().level(HEAT).equals("1"));

        Files.writeString(config, Files.readString(config).replace("gpio = " + HEAT, "gpio = " + ANOTHER));
        board().setTemperature(21);
        running.awaitCondition(() -> board().level(HEAT).equals("0"));
        board().setTemperature(18);
        running.awaitCondition(() -> board().level(HEAT).equals("1"));
        assertThat(board().level(ANOTHER)).isEqualTo("not driven");
        running.process().destroy();
        assertThat(running.exitStatus()).isZero();
        NodeProcess again = run(config);

        again.awaitCondition(() -> board().level(ANOTHER).equals("1"));
        assertThat(board().level(HEAT)).isEqualTo("0");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"hearth-state 2, 24.5", "hearth-state 1, 99.9"})
    @Fault("H6")
    void savedStateOfAnotherVersionIsIgnoredAndTheSettingsApply(String version, String target) throws Exception {
        Mosquitto broker = broker();
        Path config = settings("broker.urls = " + broker.url() + "\nairco.target = 19.0");
        Path stateFile = board().folder().resolve("state/airco.state");
        Files.createDirectories(stateFile.getParent());
        new StateFile(stateFile.getParent(), "airco").write(Map.of("target", target, "from-the-future", "yes"));
        boolean another = version.endsWith("2");
        if (another) {
            Files.writeString(stateFile, Files.readString(stateFile).replace("hearth-state 1", version));
        }
        board().setTemperature(19);

        NodeProcess started = run(config);

        CommandClient owner = owner(broker);
        started.awaitCondition(() -> owner.last("airco/target").equals("19.0"));
        started.awaitCondition(() -> owner.last("airco/fault").equals(another ? "state-lost" : "none"));
        owner.command("airco/target/set", "21.5");
        started.awaitCondition(() ->
                new StateFile(stateFile.getParent(), "airco").read().entries().containsValue("21.5"));
    }

    @Test
    @Fault("C5")
    void withBothStateFilesTornItUsesItsSettingsAndPublishesTheFault() throws Exception {
        Mosquitto broker = broker();
        Path config = settings("broker.urls = " + broker.url());
        Path state = Files.createDirectories(board().folder().resolve("state"));
        Files.writeString(state.resolve("airco.state"), "hearth-state 1\ntarget = 3");
        Files.writeString(state.resolve("airco.state.old"), "");
        board().setTemperature(18);

        NodeProcess started = run(config);

        CommandClient owner = owner(broker);
        started.awaitCondition(() -> owner.last("airco/fault").equals("state-lost"));
        started.awaitCondition(() -> owner.last("airco/target").equals("20.0"));
        started.awaitCondition(() -> board().level(HEAT).equals("1"));
    }

    @Test
    @Fault({"C6", "C10"})
    void howeverOftenThePowerFailsTheCompressorPausesAfterEachBoot() throws Exception {
        double restS = 120;
        Path config = settings("airco.cool.min-off = 2m");
        board().setTemperature(24);
        int boots = 6;

        for (int boot = 1; boot <= boots; boot++) {
            int before = board().changes().size();
            NodeProcess node = run(config);
            node.awaitCondition(() -> board().changes(COOL, before).size() == 1);
            node.runFor(Duration.ofMillis(300L * boot % 1000)); // At most 60 of 120 simulated seconds.
            node.kill();
        }

        assertThat(board().changes(COOL, 0)).hasSize(boots).noneMatch(OutputChange::on);
        int after = board().changes().size();
        NodeProcess at = run(config);
        at.awaitCondition(() -> board().changes(COOL, after).size() == 2);
        at.kill(); // While it cools: the time of the stop is not saved.
        at = run(config);
        at.awaitCondition(() -> board().changes(COOL, after).size() == 4);

        List<OutputChange> last = board().changes(COOL, after);
        assertThat(last).extracting(OutputChange::on).containsExactly(false, true, false, true);
        assertThat(last.get(1).seconds()).isGreaterThanOrEqualTo(restS);
        assertThat(last.get(3).seconds()).isGreaterThanOrEqualTo(restS);
    }

    @Test
    @Fault("E1")
    void withoutABrokerItHeatsAtOnceAndConnectsOnceThereIsOne() throws Exception {
        Mosquitto broker = broker();
        broker.stop();
        board().setTemperature(18);
        NodeProcess started = run(settings("broker.urls = " + broker.url()));
        started.awaitCondition(() -> board().level(HEAT).equals("1"));
        started.awaitCondition(() -> started.outputText().contains("no connection to 127.0.0.1:" + broker.port()));

        broker.start();

        CommandClient owner = owner(broker);
        started.awaitCondition(() -> owner.last("airco/status").equals("online"));
        started.awaitCondition(() -> owner.last("airco/action").equals("heating"));
        assertThat(board().level(HEAT)).isEqualTo("1");
    }

    @Test
    @Fault("E10")
    void killedItIsOfflineByItsLastWillAndStoppedByItsOwnMessage() throws Exception {
        Mosquitto broker = broker();
        Path config = settings("broker.urls = " + broker.url());
        CommandClient owner = owner(broker);
        board().setTemperature(18);
        NodeProcess first = run(config);
        first.awaitCondition(() -> owner.last("airco/status").equals("online"));

        first.kill();

        await().atMost(Duration.ofSeconds(15))
                .until(() -> owner.last("airco/status").equals("offline"));
        assertThat(inStore(broker, "airco/status")).isEqualTo("offline");

        NodeProcess second = run(config);
        second.awaitCondition(() -> owner.last("airco/status").equals("online"));
        second.process().destroy();

        assertThat(second.exitStatus()).isZero();
        assertThat(second.outputText()).endsWith("stopped; all outputs are off\n");
        assertThat(inStore(broker, "airco/status")).isEqualTo("offline");
        assertThat(board().level(HEAT)).isEqualTo("0");
    }

    @Test
    @Fault("I3")
    void onAReadOnlyRootItSavesItsStateOnAPartitionOfItsOwn() throws Exception {
        Path partition = Files.createDirectory(folder.resolve("partition"));
        Mosquitto broker = broker();
        String config = settings("broker.urls = " + broker.url()).toString();
        String board = partition.resolve("board").toString();
        CommandClient owner = owner(broker);
        assertThat(owner.messages("airco/fault")).isEmpty();
        NodeProcess first = runReadOnly(partition, "--config", config, "--mock", board);
        first.awaitCondition(() -> owner.last("airco/target").equals("20.0"));

        owner.command("airco/target/set", "21.5");
        first.awaitCondition(() -> owner.last("airco/target").equals("21.5"));
        Path stateFile = partition.resolve("board/state/airco.state");
        first.awaitCondition(
                () -> Files.exists(stateFile) && Files.readString(stateFile).contains("21.5"));
        first.kill();
        int before = owner.messages("airco/target").size();
        NodeProcess second = runReadOnly(partition, "--config", config, "--mock", board);
        second.awaitCondition(() -> owner.messages("airco/target").size() > before);

        assertThat(owner.last("airco/target")).isEqualTo("21.5");
        assertThat(owner.messages("airco/fault")).containsOnly("none");
        assertThat(second.outputText()).doesNotContain("cannot lock", "storage");
    }

    private NodeProcess runReadOnly(Path writable, String... args) throws IOException {
        Path words = Files.createTempFile(folder, "words", ".log");
        NodeProcess program = NodeProcess.startReadOnly(words, writable, ThermostatNode.class, args);
        toClose.add(program);
        return program;
    }

    private void offFirstThenHeatingAgain(Path config) throws Exception {
        int before = board().changes().size();
        NodeProcess again = run(config);
        again.awaitCondition(() -> board().changes(HEAT, before).size() == 2);
        assertThat(board().changes(HEAT, before)).extracting(OutputChange::on).containsExactly(false, true);
    }

    /** The retained message that a new subscriber gets. */
    private String inStore(Mosquitto broker, String topic) throws Exception {
        CommandClient late = owner(broker);
        await().atMost(Duration.ofSeconds(10)).until(() -> !late.last(topic).isEmpty());
        String stored = late.messages(topic).get(0);
        late.close();
        return stored;
    }

    private Mosquitto broker() throws IOException {
        Mosquitto broker = Mosquitto.in(Files.createDirectory(folder.resolve("broker")));
        toClose.add(broker);
        return broker;
    }

    private CommandClient owner(Mosquitto broker) {
        CommandClient owner = new CommandClient(broker);
        toClose.add(owner);
        return owner;
    }

    private String[] withFaultFolder(Path config) {
        return new String[] {
            folder.toString(),
            "--config",
            config.toString(),
            "--mock",
            board().folder().toString(),
            "--speed",
            "60"
        };
    }

    private NodeProcess run(Path config) throws IOException {
        String board = board().folder().toString();
        return start(List.of(), ThermostatNode.class, "--config", config.toString(), "--mock", board, "--speed", "60");
    }

    private NodeProcess start(List<String> jvm, Class<?> main, String... args) throws IOException {
        NodeProcess program = NodeProcess.start(Files.createTempFile(folder, "words", ".log"), jvm, main, args);
        toClose.add(program);
        return program;
    }

    private MockBoard board() {
        return new MockBoard(folder.resolve("board"));
    }

    /**
     * At this speed a reading would be stale after half a second, which a machine under load can exceed: here it expires
     * later.
     *
     * @param lines further settings; without broker.urls there is no broker
     */
    private Path settings(String lines) throws IOException {
        String text = """
                node.name = airco
                airco.heat.gpio = %d
                airco.heat.min-on = 0s
                airco.heat.min-off = 0s
                airco.cool.gpio = %d
                airco.cool.min-on = 0s
                airco.dead-time = 1s
                sensor.stale-after = 10m
                %s
                """.formatted(HEAT, COOL, lines);
        text += lines.contains("cool.min-off") ? "" : "airco.cool.min-off = 0s\n";
        text += lines.contains("broker.urls")
                ? ""
                : "broker.urls = mqtt://127.0.0.1:" + LoopbackServer.freePort() + "\n";
        return Files.writeString(folder.resolve("airco.conf"), text);
    }
}
