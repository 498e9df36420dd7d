package hearth.thermostat;

import static hearth.thermostat.ThermostatRig.HEAT;
import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.store.StateFile;
import hearth.common.store.StateStore;
import hearth.testkit.disk.CrashingDisk;
import hearth.testkit.disk.CrashingDisk.CrashState;
import hearth.testkit.disk.CrashingDisk.StepListener;
import hearth.testkit.disk.PowerCutSchedule;
import hearth.testkit.disk.SimulatedPowerCut;
import hearth.testkit.fault.DocumentedFigures;
import hearth.testkit.fault.Fault;
import hearth.testkit.fault.MutedOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A thermostat whose saved state is cut off at every step, damaged at every byte, or not written from a step on. */
@Tag("slow")
class SavedStateFaultsTest {

    private static final Duration TRIED_AGAIN = Duration.ofSeconds(61);

    /** The targets of the commands, in order, and the target before them. */
    private static final List<String> COMMANDS =
            List.of("{\"id\":\"a\",\"value\":21.0}", "{\"id\":\"b\",\"value\":22.5}");

    private static final List<String> TARGETS = List.of("20.0", "21.0", "22.5");

    private static final Map<String, String> FIGURES = new TreeMap<>();

    @TempDir
    Path folder;

    @AfterAll
    static void theDocumentHasTheFigures() throws IOException {
        if (FIGURES.size() == 4) { // All tests ran, and passed.
            StringBuilder table = new StringBuilder("""
                    | damage | restarts | uses the previous saved state | the new one | its settings | `state-lost` published |
                    |---|---|---|---|---|---|
                    """);
            FIGURES.values().forEach(row -> table.append(row).append('\n'));
            DocumentedFigures.compare("evidence/never-two-cups.md", "thermostat", table.toString());
        }
    }

    @Test
    @Fault("C5")
    void afterAPowerCutAtAnyStepItHasTheOldTargetOrTheNewAndNoFault() throws IOException {
        MutedOutput.run(() -> {
            PowerCutSchedule steps = new PowerCutSchedule();
            ReplaceableDisk whole = new ReplaceableDisk(new CrashingDisk().withListener(steps));
            assertThat(commandAll(airco(whole))).isEqualTo(COMMANDS.size());
            assertThat(steps.taken())
                    .containsOnlyKeys(
                            "make state",
                            "sync /",
                            "create airco.state.new",
                            "write airco.state.new",
                            "force airco.state.new",
                            "rename airco.state to airco.state.old",
                            "rename airco.state.new to airco.state",
                            "sync state");

            RestartCounts row = new RestartCounts();
            int states = 0;
            for (int moment = 0; moment < steps.moments(); moment++) {
                int choices = 1;
                for (int choice = 0; choice < choices; choice++) {
                    ReplaceableDisk card =
                            new ReplaceableDisk(new CrashingDisk().withListener(new PowerCutSchedule(moment)));
                    ThermostatRig airco = airco(card);
                    int done = commandAll(airco);
                    List<CrashState> all = card.disk.crashStates();
                    List<CrashState> different = CrashingDisk.distinct(all);
                    choices = different.size();
                    states += choice == 0 ? all.size() : 0;

                    airco.powerCut();
                    card.replaceDisk(different.get(choice).disk());
                    airco.start();

                    String how = "moment %d, %s"
                            .formatted(moment, different.get(choice).description());
                    assertThat(airco.lastPublished("target")).as(how).isIn(TARGETS.get(done), TARGETS.get(done + 1));
                    assertThat(airco.faults()).as(how).containsOnly("none");
                    row.add(airco, TARGETS.get(done), TARGETS.get(done + 1));
                    airco.publish("target/set", COMMANDS.get(done));
                    assertThat(airco.lastPublished("target"))
                            .as(how + ", sent again")
                            .isEqualTo(TARGETS.get(done + 1));
                }
            }

            assertThat(row.former).isPositive();
            assertThat(row.fresh).isPositive();
            FIGURES.put(
                    "1",
                    row.summary("power cut at %d moments during two writes, %d disk states"
                            .formatted(steps.moments(), states)));
        });
    }

    /** The file before it is whole, damaged as well, or missing. */
    @Test
    @Fault({"C5", "H6"})
    void withTheLatestFileDamagedItUsesTheOneBeforeOrItsSettingsAndPublishesTheFault() throws IOException {
        MutedOutput.run(() -> {
            byte[] latest = writtenTwice();
            byte[] before = Files.readAllBytes(file(".old"));

            RestartCounts oneWhole = new RestartCounts();
            RestartCounts noneWhole = new RestartCounts();
            for (byte[] damaged : damaged(latest)) {
                startsBy("21.0", "state-lost", oneWhole, damaged, before);
                startsBy("20.0", "state-lost", noneWhole, damaged, damaged);
                startsBy("20.0", "state-lost", noneWhole, damaged);
            }

            FIGURES.put(
                    "2",
                    oneWhole.summary(
                            "latest file truncated or filled with zeros from any byte on, or of another version"));
            FIGURES.put("3", noneWhole.summary("the previous file damaged as well, or missing"));
        });
    }

    /** That file is not needed: nothing is lost. */
    @Test
    @Fault("C5")
    void withTheFileBeforeDamagedItUsesTheLatest() throws IOException {
        MutedOutput.run(() -> {
            byte[] latest = writtenTwice();

            RestartCounts row = new RestartCounts();
            for (byte[] damaged : damaged(Files.readAllBytes(file(".old")))) {
                startsBy("22.5", "none", row, latest, damaged);
            }

            FIGURES.put("4", row.summary("only the previous file damaged"));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"No space left on device", "Read-only file system", "Input/output error"})
    @Fault("I1")
    void withADiskThatFailsFromAnyStepItControlsTheRoomAndSavesLater(String why) throws IOException {
        MutedOutput.run(() -> {
            PowerCutSchedule steps = new PowerCutSchedule();
            commandAll(airco(new ReplaceableDisk(new CrashingDisk().withListener(steps))));

            for (int step = 0; step < steps.moments() / 2; step++) {
                ReplaceableDisk card = new ReplaceableDisk(new CrashingDisk().withListener(refusingFrom(step, why)));
                ThermostatRig airco = new ThermostatRig(folder, card).heating();

                COMMANDS.forEach(target -> airco.publish("target/set", target));
                airco.advance(Duration.ofMinutes(10));
                assertThat(airco.lastPublished("target")).as("step %d", step).isEqualTo("22.5");
                assertThat(airco.level(HEAT)).as("step %d", step).isEqualTo("1");
                assertThat(airco.faults()).as("step %d", step).containsExactly("none", "storage");

                card.disk.withListener(StepListener.NONE);
                airco.advance(TRIED_AGAIN);
                assertThat(airco.faults()).as("step %d", step).containsExactly("none", "storage", "none");

                airco.powerCut();
                List<CrashState> left = card.disk.crashStates();
                assertThat(left).as("all is safe").hasSize(1);
                card.replaceDisk(left.get(0).disk());
                airco.start();
                assertThat(airco.lastPublished("target")).as("step %d", step).isEqualTo("22.5");
            }
        });
    }

    private ThermostatRig airco(ReplaceableDisk card) {
        ThermostatRig airco = new ThermostatRig(folder, card);
        airco.setTemperature(20);
        return airco;
    }

    /** @return the number of commands done before the power cut */
    private static int commandAll(ThermostatRig airco) {
        int done = 0;
        try {
            airco.start();
            for (; done < COMMANDS.size(); done++) {
                airco.publish("target/set", COMMANDS.get(done));
            }
        } catch (SimulatedPowerCut e) {
            airco.powerCut();
        }
        return done;
    }

    /** @return the latest file */
    private byte[] writtenTwice() throws IOException {
        ThermostatRig airco = new ThermostatRig(folder);
        airco.setTemperature(20);
        assertThat(commandAll(airco)).isEqualTo(COMMANDS.size());
        return Files.readAllBytes(file(""));
    }

    /** @param generations what a restart finds, the latest first */
    private void startsBy(String target, String fault, RestartCounts row, byte[]... generations) throws IOException {
        Files.deleteIfExists(file(".old"));
        for (int i = 0; i < generations.length; i++) {
            Files.write(file(i == 0 ? "" : ".old"), generations[i]);
        }
        ThermostatRig airco = new ThermostatRig(folder);
        airco.setTemperature(20);
        airco.start();
        String what = new String(generations[0], StandardCharsets.UTF_8);
        assertThat(airco.lastPublished("target")).as(what).isEqualTo(target);
        assertThat(airco.faults()).as(what).containsOnly(fault);
        row.add(airco, "21.0", "22.5");
    }

    private Path file(String ending) {
        return folder.resolve("state").resolve("airco.state" + ending);
    }

    /** Cut off at any byte, zero from any byte on, or of an older or newer version. */
    private static List<byte[]> damaged(byte[] whole) {
        List<byte[]> all = new ArrayList<>();
        for (int length = 0; length < whole.length; length++) {
            byte[] torn = Arrays.copyOf(whole, length);
            all.add(torn);
            all.add(Arrays.copyOf(torn, whole.length));
        }
        String text = new String(whole, StandardCharsets.UTF_8);
        String body = text.substring(0, text.lastIndexOf("crc32c "));
        for (String version : List.of("hearth-state 0", "hearth-state 2", "hearth-state 10", "hearth-state")) {
            all.add(withChecksum(body.replace("hearth-state 1", version)));
        }
        return all;
    }

    private static byte[] withChecksum(String body) {
        CRC32C crc = new CRC32C();
        crc.update(body.getBytes(StandardCharsets.UTF_8));
        return "%scrc32c %08x%n".formatted(body, crc.getValue()).getBytes(StandardCharsets.UTF_8);
    }

    private static StepListener refusingFrom(int step, String why) {
        List<String> taken = new ArrayList<>();
        return new StepListener() {
            @Override
            public void before(String what) throws IOException {
                if (taken.size() >= step) {
                    throw new IOException(why);
                }
                taken.add(what);
            }
        };
    }

    /** Counts of restarts by the target that they used. */
    private static final class RestartCounts {

        private int runs;
        private int former;
        private int fresh;
        private int lost;

        void add(ThermostatRig airco, String formerTarget, String newTarget) {
            runs++;
            former += airco.lastPublished("target").equals(formerTarget) ? 1 : 0;
            fresh += airco.lastPublished("target").equals(newTarget) ? 1 : 0;
            lost += airco.faults().contains("state-lost") ? 1 : 0;
        }

        String summary(String conditions) {
            return "| %s | %d | %d | %d | %d | %d |"
                    .formatted(conditions, runs, former, fresh, runs - former - fresh, lost);
        }
    }

    /** A disk that can be replaced after a power cut. */
    private static final class ReplaceableDisk implements StateStore {

        private CrashingDisk disk;
        private StateFile file;

        ReplaceableDisk(CrashingDisk disk) {
            replaceDisk(disk);
        }

        void replaceDisk(CrashingDisk another) {
            disk = another;
            file = new StateFile(another.path("/state"), "airco");
        }

        @Override
        public SavedState read() {
            return file.read();
        }

        @Override
        public void write(Map<String, String> entries) throws IOException {
            file.write(entries);
        }
    }
}
