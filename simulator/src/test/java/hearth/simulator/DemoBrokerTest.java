package hearth.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("process")
@Timeout(60)
class DemoBrokerTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    Path folder;

    @BeforeEach
    void mosquittoIsInstalled() throws IOException {
        assertThat(DemoBroker.mosquitto(folder.resolve("trial")))
                .as("this test requires mosquitto: apt-get install mosquitto")
                .isPresent();
    }

    @Test
    void theMonitorReceivesRetainedNewAndDeletedMessages() throws IOException, InterruptedException {
        DemoBroker broker = DemoBroker.mosquitto(folder.resolve("broker")).orElseThrow();
        try (ChildProcesses children = new ChildProcesses()) {
            children.start("mosquitto", broker.command(), folder.resolve("broker.log"));
            await().atMost(TIMEOUT).until(broker::isReachable);
            publish(broker, "home/airco/status", "online");

            try (TopicMonitor monitor = TopicMonitor.connected(broker.host(), broker.port())) {
                await().atMost(TIMEOUT)
                        .until(() -> "online".equals(monitor.latest().get("airco/status")));
                publish(broker, "home/sensor/temperature", "19.44");
                await().atMost(TIMEOUT)
                        .until(() -> "19.44".equals(monitor.latest().get("sensor/temperature")));
                publish(broker, "home/airco/status", "");
                await().atMost(TIMEOUT).until(() -> !monitor.latest().containsKey("airco/status"));
            }
        }
    }

    @Test
    void theMonitorReconnectsWhenTheBrokerIsBack() throws IOException, InterruptedException {
        DemoBroker broker = DemoBroker.mosquitto(folder.resolve("broker")).orElseThrow();
        try (ChildProcesses children = new ChildProcesses()) {
            ChildProcesses.ChildProcess child =
                    children.start("mosquitto", broker.command(), folder.resolve("broker.log"));
            await().atMost(TIMEOUT).until(broker::isReachable);
            try (TopicMonitor monitor = TopicMonitor.connected(broker.host(), broker.port())) {
                ProcessHandle.of(child.pid()).orElseThrow().destroyForcibly();
                await().atMost(TIMEOUT).until(() -> !monitor.connected());

                child.restart();

                await().atMost(TIMEOUT).until(monitor::connected);
                await().atMost(TIMEOUT).until(() -> {
                    publish(broker, "home/car/presence", "home");
                    return "home".equals(monitor.latest().get("car/presence"));
                });
            }
        }
    }

    @Test
    void aBrokerThatRunsAlreadyIsNeverStarted() {
        assertThat(DemoBroker.at("pi", 1883).isManaged()).isFalse();
    }

    @Test
    void mosquittoStaysRootOnlyIfStartedByRoot() {
        assertThat(DemoBroker.mosquittoConfig(1, folder, "root")).contains("user root\n", "listener 1 127.0.0.1\n");
        assertThat(DemoBroker.mosquittoConfig(1, folder, "pi")).doesNotContain("user");
    }

    private static void publish(DemoBroker broker, String topic, String text) {
        Mqtt5BlockingClient client = Mqtt5Client.builder()
                .serverHost(broker.host())
                .serverPort(broker.port())
                .buildBlocking();
        client.connect();
        client.publishWith()
                .topic(topic)
                .payload(text.getBytes(StandardCharsets.UTF_8))
                .retain(true)
                .send();
        client.disconnect();
    }
}
