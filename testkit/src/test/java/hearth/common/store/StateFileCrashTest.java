package hearth.common.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hearth.common.store.StateStore.SavedState;
import hearth.testkit.disk.CrashingDisk;
import hearth.testkit.disk.CrashingDisk.CrashState;
import hearth.testkit.disk.CrashingDisk.StepListener;
import hearth.testkit.disk.PowerCutSchedule;
import hearth.testkit.disk.SimulatedPowerCut;
import hearth.testkit.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Writes of the saved state that a power cut interrupts at every step, on a disk that keeps only what it must. */
class StateFileCrashTest {

    private static final String LONG = "a trip that was brewed for ".repeat(8); // It takes several writes.
    private static final List<Map<String, String>> NOTES = List.of(
            Map.of(),
            Map.of("target", "20.0", "for", LONG),
            Map.of("target", "21.5", "by", LONG),
            Map.of("target", "19.0"));

    private static final Set<String> NOTHING = Set.of();

    @Test
    @Fault("C5")
    void afterAPowerCutAtAnyStepThePreviousOrTheNewStateIsReadAndNoneIsReportedLost() throws IOException {
        PowerCutSchedule steps = new PowerCutSchedule();
        CrashingDisk undisturbed = new CrashingDisk().withListener(steps);
        writeAll(state(undisturbed));
        assertThat(steps.taken().keySet())
                .containsExactly(
                        "create airco.state.new",
                        "force airco.state.new",
                        "make hearth",
                        "make var",
                        "rename airco.state to airco.state.old",
                        "rename airco.state.new to airco.state",
                        "sync /",
                        "sync hearth",
                        "sync var",
                        "write airco.state.new");

        int tried = 0;
        for (int moment = 0; moment < steps.moments(); moment++) {
            Ending ending = cutAt(moment, NOTHING);
            for (CrashState left : ending.left) {
                SavedState found = state(left.disk()).read();
                assertThat(ending.lawful)
                        .as("%s: %s", ending.when, left.description())
                        .contains(found.entries());
                assertThat(found.damaged())
                        .as("%s: %s: lost", ending.when, left.description())
                        .isFalse();
                writeAndReadAgain(left.disk());
                tried++;
            }
        }

        assertThat(tried).isGreaterThan(5 * steps.moments());
    }

    /** The rest of the new file is overwritten, so its length makes no difference. */
    @Test
    @Fault("C5")
    void aSecondPowerCutDuringTheNextWriteDoesNoMoreDamage() throws IOException {
        List<CrashState> all = new ArrayList<>();
        int moments = momentsOfAll();
        for (int moment = 0; moment < moments; moment++) {
            all.addAll(cutAt(moment, NOTHING).left);
        }
        List<CrashState> different = CrashingDisk.distinct(all);
        assertThat(different).hasSizeGreaterThan(NOTES.size());

        for (CrashState left : different) {
            int moment = 0;
            while (isCutAgain(left.disk(), moment)) {
                moment++;
            }
            assertThat(moment).isGreaterThanOrEqualTo(2 * 5); // Create, write, force, rename, sync.
        }
    }

    private static boolean isCutAgain(CrashingDisk left, int moment) throws IOException {
        Map<String, String> former = state(left).read().entries();
        Map<String, String> next = Map.of("target", "15.0");
        CrashingDisk disk = left.copy().withListener(new PowerCutSchedule(moment));
        boolean written = isWritten(state(disk), next);
        Set<Map<String, String>> allowed = written ? Set.of(next) : Set.of(former, next);
        for (CrashState again : disk.crashStates()) {
            SavedState found = state(again.disk()).read();
            assertThat(allowed).as("moment %d: %s", moment, again.description()).contains(found.entries());
            assertThat(found.damaged()).as("moment %d: lost", moment).isFalse();
        }
        return !written;
    }

    @ParameterizedTest
    @ValueSource(strings = {"No space left on device", "Read-only file system", "Input/output error"})
    @Fault("I1")
    void aDiskFailureAtAnyStepIsReportedAndThePreviousOrTheNewStateIsRead(String why) throws IOException {
        int steps = momentsOfAll() / 2;
        for (int step = 0; step < steps; step++) {
            CrashingDisk disk = new CrashingDisk();
            StateFile state = state(disk);
            disk.withListener(failingAt(step, why));

            int written = 0;
            try {
                for (; written < NOTES.size() - 1; written++) {
                    state.write(NOTES.get(written + 1));
                }
            } catch (IOException e) {
                assertThat(e).hasMessage(why);
            }
            assertThat(written).as("step %d", step).isLessThan(NOTES.size() - 1);
            int former = written;
            disk.withListener(StepListener.NONE);
            for (CrashState left : disk.crashStates()) {
                assertThat(state(left.disk()).read())
                        .as("step %d: %s", step, left.description())
                        .isIn(new SavedState(NOTES.get(former), false), new SavedState(NOTES.get(former + 1), false));
            }
            writeAndReadAgain(disk);
        }
    }

    /** Checks that these tests find an omitted step that makes the state safe. */
    @ParameterizedTest
    @ValueSource(strings = {"force", "sync"})
    void anOmittedStepIsFound(String verb) throws IOException {
        List<String> lost = new ArrayList<>();
        int moments = momentsOfAll();
        for (int moment = 0; lost.isEmpty() && moment < moments; moment++) {
            Ending ending = cutAt(moment, Set.of(verb));
            for (CrashState left : ending.left) {
                SavedState found = state(left.disk()).read();
                if (found.damaged() || !ending.lawful.contains(found.entries())) {
                    lost.add(ending.when + ": " + left.description());
                }
            }
        }

        assertThat(lost)
                .as("power cuts that lost state that was reported as saved")
                .isNotEmpty();
    }

    @Test
    void theFoldersAboveAreSyncedOnce() throws IOException {
        PowerCutSchedule steps = new PowerCutSchedule();
        StateFile state = state(new CrashingDisk().withListener(steps));
        state.write(NOTES.get(1));
        state.write(NOTES.get(2));

        assertThat(steps.taken())
                .containsEntry("sync /", 1)
                .containsEntry("sync var", 1)
                .containsEntry("sync hearth", 2);
    }

    @Test
    void aFolderThatAnotherProgramHasJustCreatedIsMadeSafe() throws IOException {
        CrashingDisk disk = new CrashingDisk();
        Files.createDirectories(disk.path("/var/hearth"));

        state(disk).write(NOTES.get(1));

        List<CrashState> left = disk.crashStates();
        assertThat(left).hasSize(1);
        assertThat(state(left.get(0).disk()).read()).isEqualTo(new SavedState(NOTES.get(1), false));
    }

    @Test
    void theTestDiskKeepsOnlyForcedData() throws IOException {
        CrashingDisk disk = new CrashingDisk();
        StateFile state = state(disk.ignoring(Set.of("force", "sync")));

        state.write(Map.of("a", "b"));

        assertThatThrownBy(() -> Files.delete(disk.path("/var/hearth/airco.state")))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThat(disk.crashStates().get(0).disk().contents()).isEmpty();
        assertThat(disk.crashStates().stream().map(left -> state(left.disk()).read()))
                .contains(
                        new SavedState(Map.of(), false),
                        new SavedState(Map.of(), true),
                        new SavedState(Map.of("a", "b"), false));
    }

    /** @param lawful states that a restart may find: the last one reported as saved, or the one being written */
    private record Ending(String when, Set<Map<String, String>> lawful, List<CrashState> left) {}

    private static Ending cutAt(int moment, Set<String> deaf) throws IOException {
        PowerCutSchedule steps = new PowerCutSchedule(moment);
        CrashingDisk disk = new CrashingDisk().ignoring(deaf).withListener(steps);
        StateFile state = state(disk);
        int written = 0;
        while (written < NOTES.size() - 1 && isWritten(state, NOTES.get(written + 1))) {
            written++;
        }
        assertThat(steps.cutAt()).as("moment %d", moment).hasSize(1);
        return new Ending(steps.cutAt().get(0), Set.of(NOTES.get(written), NOTES.get(written + 1)), disk.crashStates());
    }

    private static boolean isWritten(StateFile state, Map<String, String> entries) throws IOException {
        try {
            state.write(entries);
            return true;
        } catch (SimulatedPowerCut e) {
            return false;
        }
    }

    private static int momentsOfAll() throws IOException {
        PowerCutSchedule steps = new PowerCutSchedule();
        writeAll(state(new CrashingDisk().withListener(steps)));
        return steps.moments();
    }

    private static void writeAll(StateFile state) throws IOException {
        for (Map<String, String> entries : NOTES.subList(1, NOTES.size())) {
            state.write(entries);
        }
    }

    private static void writeAndReadAgain(CrashingDisk disk) throws IOException {
        Map<String, String> entries = Map.of("target", "15.0");
        state(disk).write(entries);
        for (CrashState left : disk.crashStates()) {
            assertThat(state(left.disk()).read()).as(left.description()).isEqualTo(new SavedState(entries, false));
        }
    }

    private static StepListener failingAt(int step, String why) {
        List<String> taken = new ArrayList<>();
        return new StepListener() {
            @Override
            public void before(String what) throws IOException {
                if (taken.size() == step) {
                    throw new IOException(why);
                }
                taken.add(what);
            }
        };
    }

    private static StateFile state(CrashingDisk disk) {
        return new StateFile(disk.path("/var/hearth"), "airco");
    }
}
