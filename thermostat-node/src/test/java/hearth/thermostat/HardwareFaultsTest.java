package hearth.thermostat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import hearth.common.hal.mock.W1SlaveFile;
import hearth.common.mqtt.CommandClient;
import hearth.common.value.Celsius;
import hearth.testkit.MockBoard;
import hearth.testkit.MockBoard.OutputChange;
import hearth.testkit.NodeProcess;
import hearth.testkit.bus.Mosquitto;
import hearth.testkit.disk.SymbolicLinks;
import hearth.testkit.fault.Fault;
import hearth.testkit.net.LoopbackServer;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Hardware faults of a node in a process of its own, with real threads and files that fail like those of the kernel. */
@Tag("broker")
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
        SymbolicLinks.deleteBelow(folder);
    }

    /** Content of a sensor's folder in place of a good file. */
    enum SensorFolderFault {
        READ_ERROR("sensor-unreadable: java.io.IOException: Input/output error") {
            @Override
            void apply(Path sensor) throws IOException {
                Files.createSymbolicLink(sensor.resolve("w1_slave"), Path.of("/proc/self/mem"));
            }
        },
        FOLDER("sensor-unreadable: java.io.IOException: Is a directory") {
            @Override
            void apply(Path sensor) throws IOException {
                Files.createDirectory(sensor.resolve("w1_slave"));
            }
        },
        MEGABYTE("sensor-garbled: more than 4096 bytes") {
            @Override
            void apply(Path sensor) throws IOException {
                Files.writeString(sensor.resolve("w1_slave"), "garbage ".repeat(1 << 17));
            }
        };

        final String cause;

        SensorFolderFault(String cause) {
            this.cause = cause;
        }

        abstract void apply(Path sensor) throws IOException;
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    @Fault({"A14", "A16", "I4"})
    void aSensorThatFailsForAnHourIsTwoLinesInTheLog(SensorFolderFault fault) throws Exception {
        sensorIs(17);
        CommandClient owner = owner();
        NodeProcess program = run(
                1_000,
                "broker.urls = " + broker().url(),
                "sensor.stale-after = 29m"); // 29 minutes are 2 s of real time.
        program.awaitCondition(() -> board().level(HEAT).equals("1"));
        int outputBefore = program.outputText().length();

        fault.apply(newSensor());
        swapSensor();
        program.awaitCondition(() -> board().level(HEAT).equals("0"));
        program.awaitCondition(() -> sensorErrors(owner) > 1_000); // One hour has 1 800 readings.

        String code = fault.cause.substring(0, fault.cause.indexOf(':'));
        assertThat(program.outputText().substring(outputBefore))
                .as("the cause, once")
                .containsOnlyOnce(fault.cause)
                .as("the fault, once")
                .containsOnlyOnce("fault " + code);
        assertThat(program.outputText().substring(outputBefore).lines())
                .as("and little else")
                .hasSizeBetween(3, 6);
        assertThat(readers(program)).isEqualTo(1);

        sensorIs(17.75); // The room got warm during the half hour without readings.
        String cleared = "fault cleared"; // Logged after the relay is switched, so awaited separately.
        program.awaitCondition(
                () -> program.outputText().substring(outputBefore).contains(cleared));
        assertThat(board().level(HEAT)).isEqualTo("1");
        assertThat(program.outputText().substring(outputBefore)).containsOnlyOnce(cleared);
    }

    @Test
    @Fault("A12")
    void aSensorThatNeverAnswersStopsHeatingAndBlocksOneThread() throws Exception {
        sensorIs(17);
        CommandClient owner = owner();
        NodeProcess program = run(60, "broker.urls = " + broker().url());
        program.awaitCondition(() -> board().level(HEAT).equals("1"));

        Path hanging = fifo(newSensor().resolve("w1_slave"));
        swapSensor();
        program.awaitCondition(() -> board().level(HEAT).equals("0"));
        program.awaitCondition(() -> owner.last("airco/fault").equals("sensor-silent"));
        owner.command("airco/target/set", "21.5");
        program.awaitCondition(() -> owner.last("airco/target").equals("21.5"));
        assertThat(readers(program)).isEqualTo(1);

        sensorIs(17); // The next read returns it, once the present one returns.
        Files.writeString(hanging, "");
        program.awaitCondition(() -> board().level(HEAT).equals("1"));
        assertThat(readers(program)).isEqualTo(1);
        program.awaitCondition(() -> owner.last("airco/fault").equals("none"));
    }

    @Test
    @Fault("B3")
    void onSigtermItSwitchesOffAndPublishesOffline() throws Exception {
        sensorIs(17);
        CommandClient owner = owner();
        NodeProcess program = run(60, "broker.urls = " + broker().url());
        program.awaitCondition(() -> board().level(HEAT).equals("1"));
        program.awaitCondition(() -> owner.last("airco/status").equals("online"));

        program.process().destroy();

        assertThat(program.exitStatus()).isZero();
        assertThat(board().level(HEAT)).isEqualTo("0");
        assertThat(board().level(COOL)).isEqualTo("0");
        await().atMost(NodeProcess.TIMEOUT)
                .until(() -> owner.last("airco/status").equals("offline"));
    }

    @Test
    @Fault("B6")
    void aRelayThatDoesNotSwitchOffEndsTheProcessSoThatTheUnitsHookActs() throws Exception {
        sensorIs(17);
        NodeProcess program = run(60);
        program.awaitCondition(() -> board().level(HEAT).equals("1"));

        Path pin = board().folder().resolve("gpio/17");
        Files.delete(pin);
        Files.createDirectories(pin.resolve("in-the-way"));
        sensorIs(20);

        assertThat(program.exitStatus()).isEqualTo(1);
        assertThat(program.outputText())
                .contains("heat does not switch off: ", "gpio/17")
                .doesNotContain("a bug");
        assertThat(board().level(COOL)).isEqualTo("0");
    }

    @Test
    @Fault("B8")
    void aRelayThatCannotBeOpenedAtTheStartIsOneLineInTheLogAndTriedByTheNextStart() throws Exception {
        sensorIs(17);
        Path taken = Files.writeString(board().folder().resolve("gpio"), "in the way");

        NodeProcess program = run(60);
        assertThat(program.exitStatus()).isEqualTo(1);
        assertThat(program.outputText())
                .containsPattern("ERROR (heat|cool) does not switch off: .*/gpio.*; the process exits")
                .doesNotContain("a bug", "\tat ");
        assertThat(board().changes()).as("not half started").isEmpty();

        Files.delete(taken);
        NodeProcess again = run(60);
        again.awaitCondition(() -> board().level(HEAT).equals("1"));
    }

    /** Twenty simulated minutes, in which the room got warm enough. */
    @Test
    @Fault("D5")
    void afterTwentyMinutesStoppedItReadsOnceAndActsOnTheReading() throws Exception {
        Path line = fifo(newSensor().resolve("w1_slave"));
        swapSensor();
        KernelFifo kernel = new KernelFifo(line, 17);
        toClose.add(kernel);
        NodeProcess program = run(240, "sensor.every = 4m", "sensor.stale-after = 10m"); // One reading per second.
        kernel.reader.complete(program.process());
        program.awaitCondition(() -> board().changes(HEAT, 0).stream().anyMatch(OutputChange::on));
        int switchings = board().changes().size();

        signal("STOP", program);
        kernel.setReading(20);
        int readings = kernel.answers.size();
        program.runFor(Duration.ofSeconds(5));
        assertThat(kernel.answers.size()).as("it is stopped").isBetween(readings, readings + 1);
        int before = kernel.answers.size();
        signal("CONT", program);
        program.awaitCondition(() -> kernel.answers.size() >= before + 4);

        List<OutputChange> after =
                board().changes().subList(switchings, board().changes().size());
        assertThat(after)
                .as("off, and that is all")
                .extracting(OutputChange::pin, OutputChange::on)
                .containsExactly(tuple(HEAT, false));
        for (int i = before + 1; i < before + 4; i++) {
            Duration gap = Duration.ofNanos(kernel.answers.get(i) - kernel.answers.get(i - 1));
            assertThat(gap).as("no missed poll is made up for").isGreaterThan(Duration.ofMillis(500));
        }
    }

    /** The kernel's end of a sensor file that is a FIFO: it answers each read and records the time. */
    private static final class KernelFifo implements AutoCloseable {

        private final Path fifo;
        private final List<Long> answers = new CopyOnWriteArrayList<>();
        private final CompletableFuture<Process> reader = new CompletableFuture<>();
        private volatile String content;
        private volatile boolean ended;

        KernelFifo(Path line, double degrees) {
            this.fifo = line;
            this.content = W1SlaveFile.content(Celsius.of(degrees));
            Thread thread = new Thread(this::answer, "kernel");
            thread.setDaemon(true);
            thread.start();
        }

        void setReading(double degrees) {
            content = W1SlaveFile.content(Celsius.of(degrees));
        }

        /** Opening the FIFO waits for a reader. */
        private void answer() {
            while (!ended) {
                try (OutputStream out = Files.newOutputStream(fifo)) {
                    answers.add(System.nanoTime());
                    out.write(content.getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    continue; // It ended during the read.
                }
                Process process = reader.join();
                await().pollInterval(Duration.ofMillis(5)).forever().until(() -> ended || !reads(process));
            }
        }

        private boolean reads(Process process) throws IOException {
            try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(process.pid()), "fd"))) {
                return open.anyMatch(this::isFifo);
            } catch (NoSuchFileException e) {
                return false; // It has ended.
            }
        }

        private boolean isFifo(Path open) {
            try {
                return Files.readSymbolicLink(open).equals(fifo);
            } catch (IOException e) {
                return false; // Closed in the meantime.
            }
        }

        @Override
        public void close() throws IOException {
            ended = true;
            new RandomAccessFile(fifo.toFile(), "rw").close(); // A reader, in case the FIFO waits for one.
        }
    }

    private NodeProcess run(int speed, String... more) throws IOException {
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
            lines.add("broker.urls = mqtt://127.0.0.1:" + LoopbackServer.freePort());
        }
        Path config = Files.write(folder.resolve("airco.conf"), lines);
        NodeProcess program = NodeProcess.start(
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

    private CommandClient owner() throws IOException {
        CommandClient owner = new CommandClient(broker());
        toClose.add(0, owner);
        return owner;
    }

    private MockBoard board() {
        return new MockBoard(folder.resolve("board"));
    }

    private void sensorIs(double degrees) throws IOException {
        Files.writeString(newSensor().resolve("w1_slave"), W1SlaveFile.content(Celsius.of(degrees)));
        swapSensor();
    }

    /** A folder for what {@link #swapSensor} shows next. */
    private Path newSensor() throws IOException {
        newest = Files.createTempDirectory(folder, "sensor");
        return newest;
    }

    /** Atomically, by a rename. */
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

    private static void signal(String name, NodeProcess program) throws Exception {
        String pid = Long.toString(program.process().pid());
        assertThat(new ProcessBuilder("kill", "-" + name, pid).start().waitFor())
                .isZero();
    }

    /** The number of threads that read the sensor. */
    private static long readers(NodeProcess program) throws IOException {
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

    private static long sensorErrors(CommandClient owner) {
        Matcher errors = SENSOR_ERRORS.matcher(owner.last("airco/health"));
        return errors.find() ? Long.parseLong(errors.group(1)) : 0;
    }
}
