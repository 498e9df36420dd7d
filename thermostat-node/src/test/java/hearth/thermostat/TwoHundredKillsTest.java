package hearth.thermostat;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.fault.Fault;
import hearth.common.hal.mock.Board;
import hearth.common.hal.mock.Board.Change;
import hearth.common.mqtt.Mosquitto;
import hearth.common.mqtt.Owner;
import hearth.common.runtime.Program;
import hearth.common.store.StateFile;
import hearth.common.store.Store;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Power cuts at random moments: while it starts, heats, cools, is told what to do and writes its memory. Three nodes at
 * a time, as most of a start is waiting.
 */
class TwoHundredKillsTest {

    private static final int NODES = 3;
    private static final int KILLS = 201;

    private static final int HEAT = 17;
    private static final int COOL = 27;

    /** At this speed it is a quarter of a minute in the house: warm, cold and told otherwise several times. */
    private static final int LATEST_OF_A_LIFE_MS = 250;

    private static final Duration A_MOMENT = Duration.ofMillis(20);

    @TempDir
    Path folder;

    /** What a node's lives were like. */
    private record Lives(int drove, int endedWhileOn, int memories) {
        Lives and(Lives other) {
            return new Lives(drove + other.drove, endedWhileOn + other.endedWhileOn, memories + other.memories);
        }
    }

    @Test
    @Timeout(600)
    @Fault("C1")
    void itsMemoryIsWholeAfterEachAndItsOutputsAreOffFirst() throws Exception {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        ExecutorService threads = Executors.newFixedThreadPool(NODES);
        try (Mosquitto broker = Mosquitto.in(Files.createDirectory(folder.resolve("broker")));
                Owner owner = new Owner(broker)) {
            List<Callable<Lives>> nodes = new ArrayList<>();
            for (int node = 0; node < NODES; node++) {
                String name = "airco-" + node;
                Random random = new Random(seed + node);
                nodes.add(() -> lives(name, broker, owner, random));
            }

            Lives all = new Lives(0, 0, 0);
            for (Future<Lives> lives : threads.invokeAll(nodes)) {
                all = all.and(lives.get());
            }

            System.out.println("of " + KILLS + ": " + all);
            assertThat(all.drove).as("lives in which a relay was driven").isGreaterThan(KILLS / 4);
            assertThat(all.endedWhileOn).as("that ended while one was on").isGreaterThan(KILLS / 10);
            assertThat(all.memories).as("in which the memory was written").isGreaterThan(KILLS / 10);
        } catch (AssertionError | Exception e) {
            throw new AssertionError("seed " + seed, e);
        } finally {
            threads.shutdownNow();
        }
    }

    private Lives lives(String name, Mosquitto broker, Owner owner, Random random) throws Exception {
        Board board = new Board(folder.resolve(name));
        Path config = settings(name, broker);
        StateFile memory = new StateFile(board.folder().resolve("state"), name);
        Store.Saved before = memory.read();
        Lives lives = new Lives(0, 0, 0);
        board.roomIs(18);
        Duration aStart = aStart(name, config, board);
        for (int life = 0; life < KILLS / NODES; life++) {
            int changes = board.changes().size();

            live(name, config, board, memory, owner, random, aStart);

            Store.Saved after = memory.read();
            List<Change> driven =
                    board.changes().subList(changes, board.changes().size());
            assertThat(after.forgot())
                    .as("life %d: the memory is damaged", life)
                    .isFalse();
            assertThat(after.notes().isEmpty() && !before.notes().isEmpty())
                    .as("life %d: the memory is gone", life)
                    .isFalse();
            offFirstAndNeverBoth(driven);
            lives = lives.and(new Lives(
                    driven.isEmpty() ? 0 : 1,
                    board.level(HEAT).equals("1") || board.level(COOL).equals("1") ? 1 : 0,
                    after.equals(before) ? 0 : 1));
            before = after;
        }
        return lives;
    }

    /** How long this machine takes from the start to the first drive. */
    private Duration aStart(String name, Path config, Board board) throws Exception {
        long begin = System.nanoTime();
        try (Program node = started(name, config, board)) {
            node.until(() -> !board.changes().isEmpty());
            return Duration.ofNanos(System.nanoTime() - begin);
        }
    }

    /** From start to kill: three of five kills fall into the start, the others into what follows its first drive or note. */
    private void live(
            String name, Path config, Board board, StateFile memory, Owner owner, Random random, Duration aStart)
            throws Exception {
        int changes = board.changes().size();
        Store.Saved notes = memory.read();
        int kind = random.nextInt(5);
        long latestMs = kind > 1 ? aStart.toMillis() * 4 / 3 : LATEST_OF_A_LIFE_MS;
        int moments = random.nextInt((int) (latestMs / A_MOMENT.toMillis()));
        try (Program node = started(name, config, board)) {
            if (kind == 0) {
                node.until(() -> board.changes().size() > changes);
            } else if (kind == 1) {
                node.until(() -> {
                    wish(name, owner, random);
                    return !memory.read().equals(notes);
                });
            }
            for (int moment = 0; moment < moments; moment++) {
                board.roomIs(random.nextBoolean() ? 18 : 25);
                wish(name, owner, random);
                node.live(A_MOMENT);
            }
            node.live(Duration.ofNanos(random.nextInt((int) A_MOMENT.toNanos())));
            assertThat(node.process().isAlive()).as(node.said()).isTrue();
            node.kill();
        }
    }

    private Program started(String name, Path config, Board board) throws IOException {
        return Program.start(
                folder.resolve(name + ".log"),
                ThermostatNode.class,
                "--config",
                config.toString(),
                "--mock",
                board.folder().toString(),
                "--speed",
                "60");
    }

    /** Never what the settings say: that would not be noted. */
    private static void wish(String name, Owner owner, Random random) {
        owner.tell(name + "/target/set", Double.toString(20.5 + random.nextInt(5) / 2.0));
    }

    private static void offFirstAndNeverBoth(List<Change> driven) {
        Map<Integer, Boolean> on = new HashMap<>();
        for (Change change : driven) {
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
