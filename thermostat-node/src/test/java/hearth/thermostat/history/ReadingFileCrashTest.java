package hearth.thermostat.history;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.value.Celsius;
import hearth.testkit.disk.CrashingDisk;
import hearth.testkit.disk.CrashingDisk.CrashState;
import hearth.testkit.disk.CrashingDisk.StepListener;
import hearth.testkit.disk.PowerCutSchedule;
import hearth.testkit.disk.SimulatedPowerCut;
import hearth.thermostat.history.ChecksummedFile.Lines;
import hearth.thermostat.history.ReadingStore.StoredReading;
import hearth.thermostat.history.ReadingStore.TimestampedReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The power is cut at every step of storing readings, on a disk that keeps no more than it must. */
final class ReadingFileCrashTest {

    private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");
    private static final int SPARE_LINES = 3;
    private static final Set<String> NOTHING = Set.of();

    /** Add, remove, mark as acknowledged and sync. Four of the syncs write a new file, four append. */
    private static final String CHANGES = "aas aaas rrrrs mas aars s rs as rrs";

    @Test
    void aPowerCutAtAnyStepLosesAtMostTheChangesThatWereNotSynced() throws IOException {
        PowerCutSchedule steps = new PowerCutSchedule();
        History undisturbed = new History(newDisk().withListener(steps));
        undisturbed.apply(CHANGES);
        assertThat(steps.taken().keySet())
                .containsExactly(
                        "create sensor.history.new",
                        "force sensor.history",
                        "force sensor.history.new",
                        "rename sensor.history.new to sensor.history",
                        "sync hearth",
                        "write sensor.history",
                        "write sensor.history.new");
        assertThat(steps.taken()).containsEntry("rename sensor.history.new to sensor.history", 4);

        int tried = 0;
        for (int moment = 0; moment < steps.moments(); moment++) {
            History cut = cutAt(moment, NOTHING);
            for (CrashState left : cut.disk.crashStates()) {
                String when = "moment " + moment + ": " + left.description();
                State found = State.of(left.disk());
                assertThat(cut.lawful()).as(when).contains(found);
                assertThat(lines(left.disk()).damaged()).as(when).isZero();
                assertStoresMore(left.disk(), found);
                tried++;
            }
        }
        assertThat(tried).isGreaterThan(5 * steps.moments());
    }

    @Test
    void aSecondPowerCutWhileTheNextReadingIsStoredLosesNoMore() throws IOException {
        List<CrashState> all = new ArrayList<>();
        int moments = moments();
        for (int moment = 0; moment < moments; moment++) {
            all.addAll(cutAt(moment, NOTHING).disk.crashStates());
        }
        Map<List<Object>, CrashState> different = new HashMap<>(); // Different for the next start.
        for (CrashState left : all) {
            different.put(List.of(State.of(left.disk()), lines(left.disk())), left);
        }
        assertThat(different).hasSizeGreaterThan(20);

        for (CrashState left : different.values()) {
            int moment = 0;
            while (isCutAgain(left.disk(), moment)) {
                moment++;
            }
            assertThat(moment).isGreaterThanOrEqualTo(2 * 2); // Write, force.
        }
    }

    private static boolean isCutAgain(CrashingDisk left, int moment) throws IOException {
        CrashingDisk disk = left.copy().withListener(new PowerCutSchedule(moment));
        History history = new History(disk);
        boolean applied = history.isApplied("as");
        for (CrashState again : CrashingDisk.distinct(disk.crashStates())) {
            assertThat(history.lawful())
                    .as("moment %d: %s", moment, again.description())
                    .contains(State.of(again.disk()));
        }
        return !applied;
    }

    @ParameterizedTest
    @ValueSource(strings = {"No space left on device", "Read-only file system", "Input/output error"})
    void aDiskThatFailsAtAnyStepLosesNoSyncedReadingAndTheNextSyncStoresAll(String why) throws IOException {
        int steps = moments() / 2;
        for (int step = 0; step < steps; step++) {
            CrashingDisk disk = newDisk();
            History history = new History(disk);
            disk.withListener(failingOnceAt(step, why));

            try {
                history.apply(CHANGES);
                assertThat(step).as("a failure that was not reported").isNegative();
            } catch (IOException e) {
                assertThat(e).hasMessage("/hearth/sensor.history: " + why);
            }
            disk.withListener(StepListener.NONE);
            for (CrashState left : disk.crashStates()) {
                assertThat(history.lawful())
                        .as("step %d: %s", step, left.description())
                        .contains(State.of(left.disk()));
            }
            history.apply("as");
            for (CrashState left : disk.crashStates()) {
                assertThat(State.of(left.disk())).as("step %d", step).isEqualTo(history.state());
            }
        }
    }

    /** A full disk: the unfinished new file must not take the space that the saved state of the node needs. */
    @Test
    void anUnfinishedNewFileTakesNoSpace() throws IOException {
        CrashingDisk disk = newDisk();
        History history = new History(disk);
        disk.withListener(failingOnceAt(2, "No space left on device"));

        assertThat(history.isFailing("aaaas")).isTrue();

        assertThat(disk.contents()).containsEntry("/hearth/sensor.history.new", "");
    }

    /** Shows that these tests find a missing force or sync. */
    @ParameterizedTest
    @ValueSource(strings = {"force", "sync"})
    void aStepLeftOutIsFound(String verb) throws IOException {
        List<String> lost = new ArrayList<>();
        int moments = moments();
        for (int moment = 0; lost.isEmpty() && moment < moments; moment++) {
            History cut = cutAt(moment, Set.of(verb));
            for (CrashState left : cut.disk.crashStates()) {
                if (!cut.lawful().contains(State.of(left.disk()))) {
                    lost.add("moment " + moment + ": " + left.description());
                }
            }
        }

        assertThat(lost).as("power cuts that lost synced readings").isNotEmpty();
    }

    private static void assertStoresMore(CrashingDisk disk, State found) throws IOException {
        History history = new History(disk);
        assertThat(history.state()).isEqualTo(found);
        history.apply("as");
        for (CrashState left : disk.crashStates()) {
            assertThat(State.of(left.disk())).as(left.description()).isEqualTo(history.state());
            assertThat(lines(left.disk()).damaged()).isZero();
        }
    }

    private static History cutAt(int moment, Set<String> ignored) throws IOException {
        PowerCutSchedule steps = new PowerCutSchedule(moment);
        History history = new History(newDisk().ignoring(ignored).withListener(steps));
        assertThat(history.isApplied(CHANGES)).as("moment %d", moment).isFalse();
        return history;
    }

    private static int moments() throws IOException {
        PowerCutSchedule steps = new PowerCutSchedule();
        new History(newDisk().withListener(steps)).apply(CHANGES);
        return steps.moments();
    }

    private static CrashingDisk newDisk() throws IOException {
        CrashingDisk disk = new CrashingDisk();
        Files.createDirectories(disk.path("/hearth"));
        return disk.copy();
    }

    private static Lines lines(CrashingDisk disk) throws IOException {
        Path file = disk.path("/hearth/sensor.history");
        return Files.exists(file) ? new ChecksummedFile(file).read(line -> true) : new Lines(0, 0, false);
    }

    private static StepListener failingOnceAt(int step, String why) {
        List<String> taken = new ArrayList<>();
        return new StepListener() {
            @Override
            public void before(String what) throws IOException {
                taken.add(what);
                if (taken.size() == step + 1) {
                    throw new IOException(why);
                }
            }
        };
    }

    /** What a store has. */
    private record State(List<StoredReading> readings, boolean acknowledging) {

        static State of(CrashingDisk disk) throws IOException {
            return of(new ReadingFile(disk.path("/hearth/sensor.history"), SPARE_LINES));
        }

        static State of(ReadingStore store) throws IOException {
            return new State(store.oldest(99), store.hasAcknowledgingConsumer());
        }
    }

    /** A store and its states since the last sync: any of them may be on the disk after a power cut. */
    private static final class History {

        private final CrashingDisk disk;
        private final ReadingFile store;
        private final List<State> lawful = new ArrayList<>();

        History(CrashingDisk disk) throws IOException {
            this.disk = disk;
            this.store = new ReadingFile(disk.path("/hearth/sensor.history"), SPARE_LINES);
            this.lawful.add(state());
        }

        State state() throws IOException {
            return State.of(store);
        }

        List<State> lawful() {
            return lawful;
        }

        void apply(String changes) throws IOException {
            for (char change : changes.replace(" ", "").toCharArray()) {
                switch (change) {
                    case 'a' -> store.add(reading(store.size()));
                    case 'r' -> store.remove(store.oldest(1));
                    case 'm' -> store.markAcknowledged();
                    default -> {
                        store.sync();
                        lawful.clear();
                    }
                }
                lawful.add(state());
            }
        }

        boolean isApplied(String changes) throws IOException {
            try {
                apply(changes);
                return true;
            } catch (SimulatedPowerCut e) {
                return false;
            }
        }

        boolean isFailing(String changes) {
            try {
                apply(changes);
                return false;
            } catch (IOException e) {
                return true;
            }
        }

        private static TimestampedReading reading(int number) {
            Optional<Instant> wallTime = number % 2 == 0 ? Optional.empty() : Optional.of(NOON.plusSeconds(number));
            return new TimestampedReading("4f1c", NOON.plusSeconds(number), wallTime, Celsius.of(20 + number / 16.0));
        }
    }
}
