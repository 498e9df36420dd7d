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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class BrokerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    Path folder;

    @BeforeEach
    void mosquittoIsInstalled() throws IOException {
        assertThat(Broker.mosquitto(folder.resolve("trial")))
                .as("this test needs it: apt-get install mosquitto")
                .isPresent();
    }

    @Test
    void theSubscriberHearsWhatIsRetainedWhatComesAndWhatIsForgotten() throws IOException, InterruptedException {
        Broker broker = Broker.mosquitto(folder.resolve("broker")).orElseThrow();
        try (Children children = new Children()) {
            children.start("mosquitto", broker.command(), folder.resolve("broker.log"));
            await().atMost(PATIENCE).until(broker::answers);
            publish(broker, "home/airco/status", "online");

            try (Subscriber subscriber = Subscriber.connected(broker.host(), broker.port())) {
                await().atMost(PATIENCE)
                        .until(() -> "online".equals(subscriber.heard().get("airco/status")));
                publish(broker, "home/sensor/temperature", "19.44");
                await().atMost(PATIENCE)
                        .until(() -> "19.44".equals(subscriber.heard().get("sensor/temperature")));
                publish(broker, "home/airco/status", "");
                await().atMost(PATIENCE).until(() -> !subscriber.heard().containsKey("airco/status"));
            }
        }
    }

    @Test
    void theSubscriberComesBackWhenTheBrokerDoes() throws IOException, InterruptedException {
        Broker broker = Broker.mosquitto(folder.resolve("broker")).orElseThrow();
        try (Children children = new Children()) {
            Children.Child child = children.start("mosquitto", broker.command(), folder.resolve("broker.log"));
            await().atMost(PATIENCE).until(broker::answers);
            try (Subscriber subscriber = Subscriber.connected(broker.host(), broker.port())) {
                ProcessHandle.of(child.pid()).orElseThrow().destroyForcibly();
                await().atMost(PATIENCE).until(() -> !subscriber.connected());

                child.startAgain();

                await().atMost(PATIENCE).until(subscriber::connected);
                await().atMost(PATIENCE).until(() -> {
                    publish(broker, "home/car/presence", "home");
                    return "home".equals(subscriber.heard().get("car/presence"));
                });
            }
        }
    }

    @Test
    void aBrokerOfSomebodyElseIsNeverStarted() {
        assertThat(Broker.at("pi", 1883).isOurs()).isFalse();
    }

    @Test
    void onlyRootsMosquittoStaysRoot() {
        assertThat(Broker.mosquittoConfig(1, folder, "root")).contains("user root\n", "listener 1 127.0.0.1\n");
        assertThat(Broker.mosquittoConfig(1, folder, "pi")).doesNotContain("user");
    }

    private static void publish(Broker broker, String topic, String text) {
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
