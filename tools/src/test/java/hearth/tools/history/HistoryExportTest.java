package hearth.tools.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hearth.common.mqtt.CommandClient;
import hearth.testkit.MockBoard;
import hearth.testkit.NodeProcess;
import hearth.testkit.bus.Enrolment;
import hearth.testkit.bus.Mosquitto;
import hearth.testkit.bus.ShippedBroker;
import hearth.thermostat.ThermostatNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real sensor, a real broker and a real consumer, each of which is killed while readings are delivered. */
@Tag("broker")
@Timeout(300)
class HistoryExportTest {

    @TempDir
    Path folder;

    private final List<AutoCloseable> toClose = new ArrayList<>();
    private int programs;

    @AfterEach
    void endAll() throws Exception {
        for (int i = toClose.size() - 1; i >= 0; i--) {
            toClose.get(i).close();
        }
    }

    @Test
    void noReadingIsLostOrDoubledAlthoughEveryProcessIsKilled() throws Exception {
        Mosquitto broker = closeLater(Mosquitto.in(Files.createDirectory(folder.resolve("broker"))));
        CommandClient owner = closeLater(new CommandClient(broker));
        owner.messages("sensor/history/ack");
        NodeProcess sensor = startSensor(broker);
        NodeProcess collector = startExport(broker);
        collector.awaitCondition(() -> owner.messages("sensor/history/ack").contains("none"));

        broker.kill();
        sensor.awaitCondition(() -> Files.exists(folder.resolve("board/state/sensor.history")));
        sensor.runFor(Duration.ofSeconds(5));
        sensor.kill();
        NodeProcess another = startSensor(broker);
        another.awaitCondition(() -> another.outputText().contains("starts as sensor"));
        another.runFor(Duration.ofSeconds(5));
        collector.kill();
        broker.start();
        NodeProcess second = startExport(broker);
        second.awaitCondition(() -> lines().size() > 5);
        second.kill();
        int before = lines().size();
        NodeProcess third = startExport(broker);
        third.awaitCondition(() -> lines().size() > before);

        await().during(Duration.ofSeconds(3))
                .atMost(NodeProcess.TIMEOUT)
                .until(() -> hasNotGrownBeyond(lines().size()));
        List<String> ids = lines().stream()
                .map(line -> line.substring(line.lastIndexOf(',') + 1))
                .toList();
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(ids.stream().map(id -> id.replaceFirst("-.*", "")).distinct())
                .as("boots")
                .hasSize(2);
        List<Integer> numbers = ids.stream()
                .map(id -> Integer.parseInt(id.replaceFirst(".*-", "")))
                .sorted()
                .toList();
        assertThat(numbers).hasSizeGreaterThan(30);
        for (int i = 0; i < numbers.size(); i++) {
            assertThat(numbers.get(i)).isEqualTo(i + 1);
        }
    }

    @Test
    void itConnectsWithItsAccountToABrokerThatRequiresOne() throws Exception {
        Enrolment keys = Enrolment.in(folder.resolve("keys"), "history owner");
        ShippedBroker broker = closeLater(ShippedBroker.of(keys, Files.createDirectory(folder.resolve("broker"))));

        NodeProcess collector = startExport(
                broker.people(), "--account", keys.file("devices/history").toString());

        String connected = "connected to localhost:" + broker.people().getPort();
        collector.awaitCondition(() -> collector.outputText().contains(connected));
    }

    private int previousCount;

    /** Whether the number of lines is that of the previous call. */
    private boolean hasNotGrownBeyond(int lines) {
        boolean same = lines == previousCount;
        previousCount = lines;
        return same;
    }

    private List<String> lines() throws IOException {
        Path csv = folder.resolve("readings.csv");
        return Files.exists(csv) ? Files.readString(csv).lines().skip(1).toList() : List.of();
    }

    private NodeProcess startSensor(Mosquitto broker) throws IOException {
        Path config = Files.writeString(folder.resolve("sensor.conf"), """
                node.name = sensor
                history.every = 10s
                broker.urls = %s
                """.formatted(broker.url()));
        Path board = folder.resolve("board");
        new MockBoard(board).setTemperature(20);
        return start(ThermostatNode.class, "--config", config.toString(), "--mock", board.toString(), "--speed", "60");
    }

    private NodeProcess startExport(Mosquitto broker) throws IOException {
        return startExport(broker.url());
    }

    private NodeProcess startExport(URI broker, String... more) throws IOException {
        List<String> args = new ArrayList<>(List.of("--node", "sensor", "--broker", broker.toString()));
        args.addAll(List.of("--csv", folder.resolve("readings.csv").toString()));
        args.addAll(List.of(more));
        return start(HistoryExport.class, args.toArray(String[]::new));
    }

    private NodeProcess start(Class<?> main, String... args) throws IOException {
        return closeLater(NodeProcess.start(folder.resolve("output-" + programs++), main, args));
    }

    private <T extends AutoCloseable> T closeLater(T closeable) {
        toClose.add(closeable);
        return closeable;
    }
}
