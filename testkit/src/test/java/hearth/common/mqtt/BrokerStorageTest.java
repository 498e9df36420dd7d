package hearth.common.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import hearth.common.value.TimeScale;
import hearth.testkit.ManualClock;
import hearth.testkit.bus.MessageCollector;
import hearth.testkit.bus.MessageLog;
import hearth.testkit.bus.MinimalNode;
import hearth.testkit.bus.Mosquitto;
import hearth.testkit.bus.ReferenceClient;
import hearth.testkit.bus.TcpProxy;
import hearth.testkit.fault.Fault;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A real Mosquitto with a full disk or a damaged database. */
@Tag("broker")
final class BrokerStorageTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String BREW = "{\"id\":\"cup\",\"value\":1}";

    /** The state of a file on an SD card after a power cut. */
    enum DatabaseDamage {
        NOTHING_BUT_ZEROES {
            @Override
            byte[] of(byte[] content) {
                return new byte[content.length];
            }
        },
        THE_FIRST_HALF {
            @Override
            byte[] of(byte[] content) {
                return Arrays.copyOf(content, content.length / 2);
            }
        };

        abstract byte[] of(byte[] content);
    }

    @TempDir
    private Path folder;

    private Mosquitto broker;
    private final List<Bus> buses = new ArrayList<>();

    @AfterEach
    void end() {
        buses.forEach(bus -> bus.disconnect(Duration.ZERO));
        broker.close();
    }

    @ParameterizedTest
    @EnumSource
    @Fault("E13")
    void afterADamagedDatabaseIsMovedAsideTheBrokerStartsAndReceivesAllStates(DatabaseDamage damage)
            throws IOException {
        broker = Mosquitto.in(folder);
        Bus node = connected("node", broker.url());
        MessageCollector settled = new MessageCollector();
        node.publish(Outgoing.state("t/node/target", "20.0", 1), BusContract.recordIn(settled));
        await().atMost(LIMIT).until(() -> settled.texts().equals(List.of("true")));
        broker.stop();
        Path database = folder.resolve("mosquitto.db");
        Files.write(database, damage.of(Files.readAllBytes(database)));
        assertThatThrownBy(broker::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("ended");

        Files.move(database, folder.resolve("mosquitto.db.damaged"));
        broker.start();

        await().atMost(LIMIT).until(() -> node.counts().connections() == 2);
        MessageCollector collector = new MessageCollector();
        Bus watcher = connected("watcher", broker.url());
        listen(watcher, "t/node/target", collector);
        listen(watcher, "t/node/status", collector);
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(collector.texts()).containsExactlyInAnyOrder("20.0", "online"));
    }

    /**
     * Mosquitto acknowledges messages that it cannot write, and has lost them after its next start. So an owner does
     * not wait for the acknowledgement but for the result, and without one sends the command again with the same id.
     */
    @Test
    @Fault("E12")
    void aCommandThatABrokerWithAFullDiskLostIsSentAgainAndExecutedOnce() throws Exception {
        broker = Mosquitto.withFullDisk(folder, "autosave_on_changes true", "autosave_interval 1");
        try (TcpProxy cable = new TcpProxy(broker.port())) {
            Bus bus = connected("coffee", cable.url());
            MinimalNode coffee = new MinimalNode(bus, "coffee", new ManualClock());
            coffee.publishState("phase", 1, "idle");
            await().atMost(LIMIT).until(() -> bus.counts().queued() == 0);
            cable.unplug();
            try (ReferenceClient owner = new ReferenceClient(broker.url())) {
                owner.publish("coffee", MinimalNode.QOS2_COMMAND.name(), 2, BREW); // The broker has acknowledged it.
            }
            await().atMost(LIMIT).until(() -> Files.exists(folder.resolve("mosquitto.db")));
            broker.kill();
            assertThat(folder.resolve("mosquitto.db")).isEmptyFile();

            broker.start();
            cable.plugIn();

            try (ReferenceClient owner = new ReferenceClient(broker.url())) {
                MessageLog account = owner.log("coffee");
                assertThat(account.await(log -> log.last("phase").equals("phase idle"), LIMIT))
                        .as("its state is published again")
                        .isTrue();
                assertThat(coffee.receivedIds()).as("the broker lost it").isEmpty();
                owner.publish("coffee", MinimalNode.QOS2_COMMAND.name(), 2, BREW);
                owner.publish("coffee", MinimalNode.QOS2_COMMAND.name(), 2, BREW);
                assertThat(account.await(log -> log.count("result cup done") == 1, LIMIT))
                        .isTrue();
                await().atMost(LIMIT).until(() -> coffee.receivedIds().size() == 2);
                assertThat(coffee.executedIds()).containsExactly("cup");
            }
        }
    }

    private Bus connected(String name, URI url) {
        Backoff quick = new Backoff(Duration.ofMillis(50), Duration.ofMillis(200), Math::random);
        Bus bus = new HiveMqBus(
                List.of(url),
                Identity.NONE,
                name,
                "t/" + name + "/status",
                new ManualClock(),
                TimeScale.REAL_TIME,
                quick,
                Timeouts.STANDARD);
        buses.add(bus);
        assertThat(bus.connect(LIMIT)).isTrue();
        return bus;
    }

    private static void listen(Bus bus, String topic, MessageCollector collector) {
        assertThat(bus.subscribe(new Subscription(topic, 1, false), collector, LIMIT))
                .isTrue();
    }
}
