package hearth.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import hearth.common.value.TimeScale;
import hearth.simulator.plant.Car;
import hearth.simulator.plant.Commute;
import hearth.simulator.plant.GpxTrackTest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The topics {@code demo/…} at a real Mosquitto, which a command stops and which restarts. */
@Tag("broker")
@Timeout(60)
class DemoCommandListenerTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    Path folder;

    @Test
    void aDemoCommandIsExecutedItsResultPublishedAndTheHouseStatePublished() throws IOException, InterruptedException {
        try (ChildProcesses children = new ChildProcesses()) {
            DemoBroker broker = DemoBroker.mosquitto(folder.resolve("broker")).orElseThrow();
            ChildProcesses.ChildProcess child =
                    children.start("mosquitto", broker.command(), folder.resolve("broker.log"));
            await().atMost(TIMEOUT).until(broker::isReachable);
            House house = house();
            ProcessSupervisor supervisor = new ProcessSupervisor(Optional.of(child), line -> {});
            DemoCommandExecutor executor = new DemoCommandExecutor(house, supervisor, Optional.of(child));
            StoryPrinter printer = new StoryPrinter(line -> {}, List.of(), house.snapshot(Map.of()));
            try (DemoCommandListener listener = DemoCommandListener.connected(broker, new TimeScale(60));
                    DemoCommandClient client = new DemoCommandClient(broker)) {
                listener.update(house, executor, printer);
                assertThat(client.next("demo/house"))
                        .contains("\"speed\":60", "\"sensor\":\"well\"", "\"stoppable\":true");

                client.publish("demo/sensor/set", "{\"id\":\"a1\",\"value\":\"unplugged\"}", false);
                await().atMost(TIMEOUT).until(() -> {
                    listener.update(house, executor, printer);
                    return house.sensorWiring() == SensorWiring.UNPLUGGED;
                });
                assertThat(client.next("demo/result")).contains("\"id\":\"a1\"", "\"outcome\":\"done\"");
                assertThat(client.next("demo/house")).contains("\"sensor\":\"unplugged\"");

                client.publish("demo/sensor/set", "well", true);
                assertThat(rejection(listener, house, executor, printer, client))
                        .contains("must not be retained");
                client.publish("demo/sensor/set", "cut", false);
                assertThat(rejection(listener, house, executor, printer, client))
                        .contains("unknown value 'cut'");
                assertThat(house.sensorWiring()).isEqualTo(SensorWiring.UNPLUGGED);

                client.publish("demo/broker/set", "rest", false);
                await().atMost(TIMEOUT).until(() -> {
                    listener.update(house, executor, printer);
                    return !child.isAlive();
                });
                supervisor.check();
                assertThat(child.isAlive()).isFalse();
            }
        }
    }

    @Test
    void aStoppedProcessRestartsAndItsExitIsNotReported() throws IOException, InterruptedException {
        List<String> output = new ArrayList<>();
        try (ChildProcesses children = new ChildProcesses()) {
            ChildProcesses.ChildProcess sleeper =
                    children.start("sleeper", List.of("sleep", "1000"), folder.resolve("sleeper.log"));
            ProcessSupervisor supervisor = new ProcessSupervisor(Optional.of(sleeper), output::add);
            long pid = sleeper.pid();

            supervisor.stopFor(sleeper, Duration.ofMillis(100));

            await().atMost(TIMEOUT).until(() -> {
                supervisor.check();
                return sleeper.isAlive() && sleeper.pid() != pid;
            });
            assertThat(output).containsExactly("sleeper restarted");
        }
    }

    private House house() throws IOException {
        House house = new House(
                folder,
                new Car(new Commute(
                        GpxTrackTest.routeHome(),
                        Duration.ofMinutes(55),
                        Duration.ofMinutes(100),
                        Duration.ofMinutes(160))));
        house.writeSensorFiles();
        return house;
    }

    private static String rejection(
            DemoCommandListener listener,
            House house,
            DemoCommandExecutor executor,
            StoryPrinter printer,
            DemoCommandClient client)
            throws IOException, InterruptedException {
        String[] answer = {""};
        await().atMost(TIMEOUT).until(() -> {
            listener.update(house, executor, printer);
            answer[0] = client.poll("demo/result");
            return answer[0].contains("rejected");
        });
        return answer[0];
    }

    /** A client that sends demo commands and receives their results. */
    private static final class DemoCommandClient implements AutoCloseable {
        private final Mqtt5BlockingClient client;
        private final Mqtt5BlockingClient.Mqtt5Publishes received;

        DemoCommandClient(DemoBroker broker) {
            client = Mqtt5Client.builder()
                    .serverHost(broker.host())
                    .serverPort(broker.port())
                    .buildBlocking();
            received = client.publishes(MqttGlobalPublishFilter.ALL);
            client.connect();
            client.subscribeWith().topicFilter("demo/house").send();
            client.subscribeWith().topicFilter("demo/result").send();
        }

        void publish(String topic, String text, boolean retained) {
            client.publishWith()
                    .topic(topic)
                    .payload(text.getBytes(UTF_8))
                    .retain(retained)
                    .send();
        }

        /** The next message of the topic; skips messages of other topics. */
        String next(String topic) throws InterruptedException {
            while (true) {
                Mqtt5Publish message =
                        received.receive(TIMEOUT.toSeconds(), TimeUnit.SECONDS).orElseThrow();
                if (message.getTopic().toString().equals(topic)) {
                    return new String(message.getPayloadAsBytes(), UTF_8);
                }
            }
        }

        /** A waiting message of the topic, else empty. */
        String poll(String topic) throws InterruptedException {
            return received.receive(10, TimeUnit.MILLISECONDS)
                    .filter(message -> message.getTopic().toString().equals(topic))
                    .map(message -> new String(message.getPayloadAsBytes(), UTF_8))
                    .orElse("");
        }

        @Override
        public void close() {
            received.close();
            if (client.getState().isConnected()) {
                client.disconnect();
            }
        }
    }
}
