package hearth.thermostat;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.mqtt.CommandClient;
import hearth.common.store.StateFile;
import hearth.common.store.StateStore;
import hearth.testkit.MockBoard;
import hearth.testkit.MockBoard.OutputChange;
import hearth.testkit.NodeProcess;
import hearth.testkit.bus.Mosquitto;
import hearth.testkit.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills at random times: while the node starts, heats, cools, receives commands and saves its state. Three nodes run at
 * the same time, because most of a start is waiting.
 */
@Tag("broker")
class TwoHundredKillsTest {

    private static final int NODES = 3;
    private static final int KILLS = 201;

    private static final int HEAT = 17;
    private static final int COOL = 27;

    /** 15 simulated seconds at this speed: warm, cold, and several commands. */
    private static final int LATEST_KILL_MS = 250;

    private static final Duration STEP = Duration.ofMillis(20);

    @TempDir
    Path folder;

    /** Counts over all starts of a node. */
    private record KillCounts(int switched, int endedWhileOn, int saves) {
        KillCounts and(KillCounts other) {
            return new KillCounts(switched + other.switched, endedWhileOn + other.endedWhileOn, saves + other.saves);
        }
    }

    @Test
    @Timeout(600)
    @Fault("C1")
    void afterEachKillTheSavedStateIsWholeAndTheOutputsAreOffFirst() throws Exception {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        ExecutorService threads = Executors.newFixedThreadPool(NODES);
        try (Mosquitto broker = Mosquitto.in(Files.createDirectory(folder.resolve("broker")));
                CommandClient owner = new CommandClient(broker)) {
            List<Callable<KillCounts>> nodes = new ArrayList<>();
            for (int node = 0; node < NODES; node++) {
                String name = "airco-" + node;
                Random random = new Random(seed + node);
                nodes.add(() -> killRepeatedly(name, broker, owner, random));
            }

            KillCounts all = new KillCounts(0, 0, 0);
            for (Future<KillCounts> counts : threads.invokeAll(nodes)) {
                all = all.and(counts.get());
            }

            System.out.println("of " + KILLS + ": " + all);
            assertThat(all.switched).as("starts in which a relay was switched").isGreaterThan(KILLS / 4);
            assertThat(all.endedWhileOn).as("that ended while one was on").isGreaterThan(KILLS / 10);
            assertThat(all.saves).as("starts in which the state was saved").isGreaterThan(KILLS / 10);
        } catch (AssertionError | Exception e) {
            throw new AssertionError("seed " + seed, e);
        } finally {
            threads.shutdownNow();
        }
    }

    private KillCounts killRepeatedly(String name, Mosquitto broker, CommandClient owner, Random random)
            throws Exception {
        MockBoard board = new MockBoard(folder.resolve(name));
        Path config = settings(name, broker);
        StateFile stateFile = new StateFile(board.folder().resolve("state"), name);
        StateStore.SavedState before = stateFile.read();
        KillCounts counts = new KillCounts(0, 0, 0);
        board.setTemperature(18);
        Duration startTime = startTime(name, config, board);
        for (int start = 0; start < KILLS / NODES; start++) {
            int changes = board.changes().size();

            startAndKill(name, config, board, stateFile, owner, random, startTime);

            StateStore.SavedState after = stateFile.read();
            List<OutputChange> driven =
                    board.changes().subList(changes, board.changes().size());
            assertThat(after.damaged())
                    .as("start %d: the saved state is damaged", start)
                    .isFalse();
            assertThat(after.entries().isEmpty() && !before.entries().isEmpty())
                    .as("start %d: the saved state is gone", start)
                    .isFalse();
            offFirstAndNeverBoth(driven);
            counts = counts.and(new KillCounts(
                    driven.isEmpty() ? 0 : 1,
                    board.level(HEAT).equals("1") || board.level(COOL).equals("1") ? 1 : 0,
                    after.equals(before) ? 0 : 1));
            before = after;
        }
        return counts;
    }

    /** The time from the start to the first switching, on this machine. */
    private Duration startTime(String name, Path config, MockBoard board) throws Exception {
        long begin = System.nanoTime();
        try (NodeProcess node = started(name, config, board)) {
            node.awaitCondition(() -> !board.changes().isEmpty());
            return Duration.ofNanos(System.nanoTime() - begin);
        }
    }

    /** From start to kill: three of five kills are during the start, the others after the first switching or save. */
    private void startAndKill(
            String name,
            Path config,
            MockBoard board,
            StateFile stateFile,
            CommandClient owner,
            Random random,
            Duration startTime)
            throws Exception {
        int changes = board.changes().size();
        StateStore.SavedState saved = stateFile.read();
        int kind = random.nextInt(5);
        long latestMs = kind > 1 ? startTime.toMillis() * 4 / 3 : LATEST_KILL_MS;
        int steps = random.nextInt((int) (latestMs / STEP.toMillis()));
        try (NodeProcess node = started(name, config, board)) {
            if (kind == 0) {
                node.awaitCondition(() -> board.changes().size() > changes);
            } else if (kind == 1) {
                node.awaitCondition(() -> {
                    commandTarget(name, owner, random);
                    return !stateFile.read().equals(saved);
                });
            }
            for (int step = 0; step < steps; step++) {
                board.setTemperature(random.nextBoolean() ? 18 : 25);
                commandTarget(name, owner, random);
                node.runFor(STEP);
            }
            node.runFor(Duration.ofNanos(random.nextInt((int) STEP.toNanos())));
            assertThat(node.process().isAlive()).as(node.outputText()).isTrue();
            node.kill();
        }
    }

    private NodeProcess started(String name, Path config, MockBoard board) throws IOException {
        return NodeProcess.start(
                folder.resolve(name + ".log"),
                ThermostatNode.class,
                "--config",
                config.toString(),
                "--mock",
                board.folder().toString(),
                "--speed",
                "60");
    }

    /** Never the target of the settings, because that is not saved. */
    private static void commandTarget(String name, CommandClient owner, Random random) {
        owner.command(name + "/target/set", Double.toString(20.5 + random.nextInt(5) / 2.0));
    }

    private static void offFirstAndNeverBoth(List<OutputChange> driven) {
        Map<Integer, Boolean> on = new HashMap<>();
        for (OutputChange change : driven) {
            if (!on.containsKey(change.pin())) {
                assertThat(change.on()).as("the first of pin %d", change.pin()).isFalse();
            }
            if (change.on()) {
                assertThat(on).as("%s before both are known to be off", change).containsOnlyKeys(HEAT, COOL);
            }
            on.put(change.pin(), change.on());
            assertThat(on.values().stream().filter(isOn -> isOn).count())
                    .as("relays on at %s", change)
                    .isLessThan(2);
        }
    }

    private Path settings(String name, Mosquitto broker) throws IOException {
        return Files.writeString(folder.resolve(name + ".conf"), """
                node.name = %s
                broker.urls = %s
                airco.heat.gpio = %d
                airco.heat.min-on = 0s
                airco.heat.min-off = 0s
                airco.cool.gpio = %d
                airco.cool.min-on = 0s
                airco.cool.min-off = 0s
                airco.dead-time = 1s
                """.formatted(name, broker.url(), HEAT, COOL));
    }
}
