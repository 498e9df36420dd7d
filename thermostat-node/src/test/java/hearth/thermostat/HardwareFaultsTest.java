package hearth.thermostat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import hearth.common.fault.Fault;
import hearth.common.hal.mock.Board;
import hearth.common.hal.mock.Board.Change;
import hearth.common.hal.mock.W1Slave;
import hearth.common.mqtt.Mosquitto;
import hearth.common.mqtt.Owner;
import hearth.common.port.Port;
import hearth.common.runtime.Program;
import hearth.common.store.Links;
import hearth.common.value.Celsius;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What hardware does to a node as the unit starts it: a process, real threads, files that fail as the kernel's do. */
@Timeout(180)
class HardwareFaultsTest {

    private static final int HEAT = 17;
    private static final int COOL = 27;
    private static final Pattern SENSOR_ERRORS = Pattern.compile("\"sensor_errors\":([0-9]+)");

    @TempDir
    Path folder;

    private final List<AutoCloseable> toClose = new ArrayList<>();
    private @Nullable Mosquitto broker;
    private Path newest = Path.of("none yet");

    @AfterEach
    void endAll() throws Exception {
        for (AutoCloseable each : toClose) {
            each.close();
        }
        Links.deleteBelow(folder);
    }

    /** What may be in a sensor's folder instead of a good file. */
    enum Sensor {
        READ_ERROR("sensor-unreadable: java.io.IOException: Input/output error") {
            @Override
            void isPutIn(Path sensor) throws IOException {
                Files.createSymbolicLink(sensor.resolve("w1_slave"), Path.of("/proc/self/mem"));
            }
        },
        FOLDER("sensor-unreadable: java.io.IOException: Is a directory") {
            @Override
            void isPutIn(Path sensor) throws IOException {
                Files.createDirectory(sensor.resolve("w1_slave"));
            }
        },
        MEGABYTE("sensor-garbled: more than 4096 bytes") {
            @Override
            void isPutIn(Path sensor) throws IOException {
                Files.writeString(sensor.resolve("w1_slave"), "garbage ".repeat(1 << 17));
            }
        };

        final String cause;

        Sensor(String cause) {
            this.cause = cause;
        }

        abstract void isPutIn(Path sensor) throws IOException;
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    @Fault({"A14", "A16", "I4"})
    void aSensorThatFailsForAnHourIsTwoLinesOfTheLog(Sensor ill) throws Exception {
        sensorIs(17);
        Owner owner = owner();
        Program program =
                run(1_000, "broker.urls = " + broker().url(), "sensor.stale-after = 29m"); // Two real seconds.
        program.until(() -> board().level(HEAT).equals("1"));
        int well = program.said().length();

        ill.isPutIn(newSensor());
        swapSensor();
        program.until(() -> board().level(HEAT).equals("0"));
        program.until(() -> sensorErrors(owner) > 1_000); // An hour has 1 800 polls.

        String code = ill.cause.substring(0, ill.cause.indexOf(':'));
        assertThat(program.said().substring(well))
                .as("the cause, once")
                .containsOnlyOnce(ill.cause)
                .as("the fault, once")
                .containsOnlyOnce("fault " + code);
        assertThat(program.said().substring(well).lines()).as("and little else").hasSizeBetween(3, 6);
        assertThat(readers(program)).isEqualTo(1);

        sensorIs(17.75); // It was of use, the half hour it heated blindly.
        String healed = "fault none: all is well again"; // Said after the relay is driven, so waited for by itself.
        program.until(() -> program.said().substring(well).contains(healed));
        assertThat(board().level(HEAT)).isEqualTo("1");
        assertThat(program.said().substring(well)).containsOnlyOnce(healed);
    }

    @Test
    @Fault("A12")
    void aSensorThatNeverAnswersStopsTheHeatingAndHoldsUpOneThread() throws Exception {
        sensorIs(17);
        Owner owner = owner();
        Program program = run(60, "broker.urls = " + broker().url());
        program.until(() -> board().level(HEAT).equals("1"));

        Path hanging = fifo(newSensor().resolve("w1_slave"));
        swapSensor();
        program.until(() -> board().level(HEAT).equals("0"));
        program.until(() -> owner.last("airco/fault").equals("sensor-silent"));
        owner.tell("airco/target/set", "21.5");
        program.until(() -> owner.last("airco/target").equals("21.5"));
        assertThat(readers(program)).isEqualTo(1);

        sensorIs(17); // The next read will find it, once this one returns.
        Files.writeString(hanging, "");
        program.until(() -> board().level(HEAT).equals("1"));
        assertThat(readers(program)).isEqualTo(1);
        program.until(() -> owner.last("airco/fault").equals("none"));
    }

    @Test
    @Fault("B3")
    void askedToStopItIsOffAndSaysGoodbye() throws Exception {
        sensorIs(17);
        Owner owner = owner();
        Program program = run(60, "broker.urls = " + broker().url());
        program.until(() -> board().level(HEAT).equals("1"));
        program.until(() -> owner.last("airco/status").equals("online"));

        program.process().destroy();

        assertThat(program.status()).isZero();
        assertThat(board().level(HEAT)).isEqualTo("0");
        assertThat(board().level(COOL)).isEqualTo("0");
        await().atMost(Program.PATIENCE).until(() -> owner.last("airco/status").equals("offline"));
    }

    @Test
    @Fault("B6")
    void aRelayThatDoesNotSwitchOffEndsTheProcessSoThatTheUnitsHookActs() throws Exception {
        sensorIs(17);
        Program program = run(60);
        program.until(() -> board().level(HEAT).equals("1"));

        Path pin = board().folder().resolve("gpio/17");
        Files.delete(pin);
        Files.createDirectories(pin.resolve("in-the-way"));
        sensorIs(20);

        assertThat(program.status()).isEqualTo(1);
        assertThat(program.said())
                .contains("heat does not switch off: ", "gpio/17")
                .doesNotContain("a bug");
        assertThat(board().level(COOL)).isEqualTo("0");
    }

    @Test
    @Fault("B8")
    void aRelayThatIsNotToBeHadAtTheStartIsToldInOneLineAndTriedByTheNextStart() throws Exception {
        sensorIs(17);
        Path taken = Files.writeString(board().folder().resolve("gpio"), "in the way");

        Program program = run(60);
        assertThat(program.status()).isEqualTo(1);
        assertThat(program.said())
                .containsPattern("ERROR (heat|cool) does not switch off: .*/gpio.*: ending, to be started afresh")
                .doesNotContain("a bug", "\tat ");
        assertThat(board().changes()).as("not half started").isEmpty();

        Files.delete(taken);
        Program again = run(60);
        again.until(() -> board().level(HEAT).equals("1"));
    }

    /** Twenty minutes of the house's time, in which the room got warm enough. */
    @Test
    @Fault("D5")
    void afterTwentyMinutesStoppedItReadsOnceAndActsOnThat() throws Exception {
        Path line = fifo(newSensor().resolve("w1_slave"));
        swapSensor();
        Kernel kernel = new Kernel(line, 17);
        toClose.add(kernel);
        Program program = run(240, "sensor.every = 4m", "sensor.stale-after = 10m"); // A poll a second.
        kernel.reader.complete(program.process());
        program.until(() -> board().changes(HEAT, 0).stream().anyMatch(Change::on));
        int switchings = board().changes().size();

        signal("STOP", program);
        kernel.says(20);
        int readings = kernel.answers.size();
        program.live(Duration.ofSeconds(5));
        assertThat(kernel.answers.size()).as("it is stopped").isBetween(readings, readings + 1);
        int before = kernel.answers.size();
        signal("CONT", program);
        program.until(() -> kernel.answers.size() >= before + 4);

        List<Change> after =
                board().changes().subList(switchings, board().changes().size());
        assertThat(after)
                .as("off, and that is all")
                .extracting(Change::pin, Change::on)
                .containsExactly(tuple(HEAT, false));
        for (int i = before + 1; i < before + 4; i++) {
            Duration gap = Duration.ofNanos(kernel.answers.get(i) - kernel.answers.get(i - 1));
            assertThat(gap).as("no missed poll is made up for").isGreaterThan(Duration.ofMillis(500));
        }
    }

    /** The kernel's end of a sensor that is a FIFO: answers each read, and writes down when. */
    private static final class Kernel implements AutoCloseable {

        private final Path line;
        private final List<Long> answers = new CopyOnWriteArrayList<>();
        private final CompletableFuture<Process> reader = new CompletableFuture<>();
        private volatile String content;
        private volatile boolean ended;

        Kernel(Path line, double degrees) {
            this.line = line;
            this.content = W1Slave.content(Celsius.of(degrees));
            Thread thread = new Thread(this::answer, "kernel");
            thread.setDaemon(true);
            thread.start();
        }

        void says(double degrees) {
            content = W1Slave.content(Celsius.of(degrees));
        }

        /** Opening waits for a reader. */
        private void answer() {
            while (!ended) {
                try (OutputStream out = Files.newOutputStream(line)) {
                    answers.add(System.nanoTime());
                    out.write(content.getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    continue; // It was ended while it read.
                }
                Process process = reader.join();
                await().pollInterval(Duration.ofMillis(5)).forever().until(() -> ended || !reads(process));
            }
        }

        private boolean reads(Process process) throws IOException {
            try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(process.pid()), "fd"))) {
                return open.anyMatch(this::isTheLine);
            } catch (NoSuchFileException e) {
                return false; // It has ended.
            }
        }

        private boolean isTheLine(Path open) {
            try {
                return Files.readSymbolicLink(open).equals(line);
            } catch (IOException e) {
                return false; // Closed meanwhile.
            }
        }

        @Override
        public void close() throws IOException {
            ended = true;
            new RandomAccessFile(line.toFile(), "rw").close(); // A reader, if it waits for one.
        }
    }

    private Program run(int speed, String... more) throws IOException {
        List<String> lines = new ArrayList<>(List.of(
                "node.name = airco",
                "airco.heat.gpio = " + HEAT,
                "airco.heat.min-on = 0s",
                "airco.heat.min-off = 0s",
                "airco.cool.gpio = " + COOL,
                "airco.cool.min-on = 0s",
                "airco.cool.min-off = 0s",
                "airco.dead-time = 1s"));
        lines.addAll(List.of(more));
        if (!String.join("\n", more).contains("broker.urls")) {
            lines.add("broker.urls = mqtt://127.0.0.1:" + Port.free());
        }
        Path config = Files.write(folder.resolve("airco.conf"), lines);
        Program program = Program.start(
                Files.createTempFile(folder, "words", ".log"),
                ThermostatNode.class,
                "--config",
                config.toString(),
                "--mock",
                board().folder().toString(),
                "--speed",
                Integer.toString(speed));
        toClose.add(0, program);
        return program;
    }

    private Mosquitto broker() throws IOException {
        if (broker == null) {
            broker = Mosquitto.in(Files.createDirectory(folder.resolve("broker")));
            toClose.add(broker);
        }
        return broker;
    }

    private Owner owner() throws IOException {
        Owner owner = new Owner(broker());
        toClose.add(0, owner);
        return owner;
    }

    private Board board() {
        return new Board(folder.resolve("board"));
    }

    private void sensorIs(double degrees) throws IOException {
        Files.writeString(newSensor().resolve("w1_slave"), W1Slave.content(Celsius.of(degrees)));
        swapSensor();
    }

    /** A folder for what {@link #swapSensor} shows next. */
    private Path newSensor() throws IOException {
        newest = Files.createTempDirectory(folder, "sensor");
        return newest;
    }

    /** In one moment, as the sensor that was there is replaced. */
    private void swapSensor() throws IOException {
        Path sensor = board().folder().resolve("w1/28-000000000001");
        Files.createDirectories(sensor.getParent());
        Path next = Files.createSymbolicLink(folder.resolve("next"), newest);
        Files.move(next, sensor, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Path fifo(Path file) throws Exception {
        assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor())
                .isZero();
        return file;
    }

    private static void signal(String name, Program program) throws Exception {
        String pid = Long.toString(program.process().pid());
        assertThat(new ProcessBuilder("kill", "-" + name, pid).start().waitFor())
                .isZero();
    }

    /** How many threads there are to read the sensor. */
    private static long readers(Program program) throws IOException {
        Path threads = Path.of("/proc", Long.toString(program.process().pid()), "task");
        try (Stream<Path> all = Files.list(threads)) {
            return all.filter(thread -> name(thread).equals("sensor")).count();
        }
    }

    private static String name(Path thread) {
        try {
            return Files.readString(thread.resolve("comm")).strip();
        } catch (IOException e) {
            return ""; // It has ended.
        }
    }

    private static long sensorErrors(Owner owner) {
        Matcher errors = SENSOR_ERRORS.matcher(owner.last("airco/health"));
        return errors.find() ? Long.parseLong(errors.group(1)) : 0;
    }
}
