package hearth.common.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.core.Boot;
import hearth.common.core.EffectReport;
import hearth.common.store.StateFile;
import hearth.testkit.VirtualTimers;
import hearth.testkit.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StateWriterTest {

    private static final Map<String, String> COOL = Map.of("target", "18.0");
    private static final Map<String, String> WARM = Map.of("target", "21.0");
    private static final Map<String, String> HOT = Map.of("target", "25.0");

    @TempDir
    Path folder;

    private final VirtualTimers timers = new VirtualTimers(Instant.parse("2030-01-01T00:00:00Z"));
    private final List<EffectReport> reports = new ArrayList<>();
    private StateFile file;
    private StateWriter stateWriter;

    @BeforeEach
    void start() {
        file = new StateFile(folder, "airco");
        stateWriter = new StateWriter(file, timers);
        pass("1s");
    }

    @Test
    void aBootReceivesTheSavedState() throws IOException {
        file.write(WARM);

        Boot boot = new StateWriter(file, timers).boot("boot2");

        assertThat(boot).isEqualTo(new Boot("boot2", WARM, false));
    }

    @Test
    void aBootLearnsThatSavedStateWasLost() throws IOException {
        Files.writeString(folder.resolve("airco.state"), "torn");

        Boot boot = new StateWriter(file, timers).boot("boot2");

        assertThat(boot).isEqualTo(new Boot("boot2", Map.of(), true));
    }

    @Test
    void savedStateIsReportedWhenItIsOnDisk() {
        keep(WARM);
        assertThat(reports).isEmpty();
        assertThat(file.read().entries()).isEmpty();

        pass("0s");

        assertThat(reports).containsExactly(new EffectReport.StateSaved(WARM));
        assertThat(file.read().entries()).isEqualTo(WARM);
    }

    @Test
    void savedStateOnDiskIsNotWrittenAgain() {
        keep(WARM);

        pass("1h");

        assertThat(reports).containsExactly(new EffectReport.StateSaved(WARM));
    }

    @Test
    void ofSeveralWaitingStatesOnlyTheLatestIsWritten() {
        keep(COOL);
        keep(WARM);
        keep(HOT);

        pass("0s");

        assertThat(reports).containsExactly(new EffectReport.StateSaved(HOT));
        assertThat(file.read().entries()).isEqualTo(HOT);
        assertThat(folder.resolve("airco.state.old")).doesNotExist();
    }

    @Test
    void aFailedWriteIsReportedAndRetriedAfterAMinute() throws IOException {
        Path inTheWay = Files.createDirectory(folder.resolve("airco.state.new"));
        keep(WARM);
        pass("0s");
        assertThat(reports).hasSize(1).first().isInstanceOf(EffectReport.StorageFailed.class);

        Files.delete(inTheWay);
        pass("58s");
        assertThat(reports).hasSize(1);

        pass("1s");
        assertThat(reports).hasSize(2).last().isEqualTo(new EffectReport.StateSaved(WARM));
        assertThat(file.read().entries()).isEqualTo(WARM);
    }

    @Test
    void onABadDiskTheLatestStateIsRetriedForEver() throws IOException {
        Path inTheWay = Files.createDirectory(folder.resolve("airco.state.new"));
        keep(COOL);
        keep(WARM);
        pass("24h");
        keep(HOT);
        pass("24h");
        assertThat(reports).isNotEmpty().allMatch(EffectReport.StorageFailed.class::isInstance);

        Files.delete(inTheWay);
        pass("1m");

        assertThat(reports).last().isEqualTo(new EffectReport.StateSaved(HOT));
        assertThat(file.read().entries()).isEqualTo(HOT);
    }

    @Test
    @Fault("I1")
    void whileTheDiskHangsOnlyOneTaskWaits() {
        Queue<Runnable> disk = new ArrayDeque<>();
        StateWriter behind = new StateWriter(file, hanging(disk));

        for (int i = 0; i < 1_000; i++) {
            behind.save(Map.of("count", Integer.toString(i)), reports::add);
        }

        assertThat(disk).hasSize(1);
        disk.remove().run();
        assertThat(reports).containsExactly(new EffectReport.StateSaved(Map.of("count", "999")));

        behind.save(WARM, reports::add);
        assertThat(disk).hasSize(1);
    }

    @Test
    @Fault("I2")
    void inAFloodThereIsOneWritePerSecondAndTheLastStateIsSaved() {
        for (int i = 1; i <= 60_000; i++) {
            keep(Map.of("count", Integer.toString(i)));
            pass("0.001s");
        }
        assertThat(reports).as("16 at once, and one per second afterwards").hasSize(16 + 60);

        pass("1s");

        assertThat(reports).last().isEqualTo(new EffectReport.StateSaved(Map.of("count", "60000")));
        assertThat(file.read().entries()).containsEntry("count", "60000");
    }

    @Test
    void afterAFloodABurstIsWrittenAtOnceAgain() {
        for (int i = 1; i <= 1_000; i++) {
            keep(Map.of("count", Integer.toString(i)));
            pass("0.001s");
        }
        pass("20s");
        reports.clear();

        for (Map<String, String> entries : List.of(COOL, WARM, HOT)) {
            keep(entries);
            pass("0s");
        }

        assertThat(reports)
                .containsExactly(
                        new EffectReport.StateSaved(COOL),
                        new EffectReport.StateSaved(WARM),
                        new EffectReport.StateSaved(HOT));
    }

    private void keep(Map<String, String> entries) {
        stateWriter.save(entries, reports::add);
    }

    private void pass(String time) {
        timers.advance(Duration.parse("PT" + time));
    }

    /** A worker that runs tasks only on request. */
    private Timers hanging(Queue<Runnable> tasks) {
        return new Timers() {
            @Override
            public InstantSource clock() {
                return timers.clock();
            }

            @Override
            public void every(String name, Duration period, Runnable task) {}

            @Override
            public void after(Duration wait, Runnable task) {}

            @Override
            public Executor worker(String name) {
                return tasks::add;
            }
        };
    }
}
