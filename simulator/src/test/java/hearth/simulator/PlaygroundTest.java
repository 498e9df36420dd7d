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
import hearth.simulator.plant.DriveTest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The house's end of {@code demo/…} at a real Mosquitto, which it stops, and which comes back. */
@Timeout(60)
class PlaygroundTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    Path folder;

    @Test
    void whatIsWishedIsDoneAndAnsweredAndTheHouseSaysHowItIs() throws IOException, InterruptedException {
        try (Children children = new Children()) {
            Broker broker = Broker.mosquitto(folder.resolve("broker")).orElseThrow();
            Children.Child child = children.start("mosquitto", broker.command(), folder.resolve("broker.log"));
            await().atMost(PATIENCE).until(broker::answers);
            House house = house();
            Watch watch = new Watch(Optional.of(child), line -> {});
            Wishes wishes = new Wishes(house, watch, Optional.of(child));
            Narrator narrator = new Narrator(line -> {}, List.of(), house.look(Map.of()));
            try (Playground playground = Playground.connected(broker, new TimeScale(60));
                    Stranger stranger = new Stranger(broker)) {
                playground.turn(house, wishes, narrator);
                assertThat(stranger.next("demo/house"))
                        .contains("\"speed\":60", "\"sensor\":\"well\"", "\"stoppable\":true");

                stranger.say("demo/sensor/set", "{\"id\":\"a1\",\"value\":\"unplugged\"}", false);
                await().atMost(PATIENCE).until(() -> {
                    playground.turn(house, wishes, narrator);
                    return house.wire() == Cable.UNPLUGGED;
                });
                assertThat(stranger.next("demo/result")).contains("\"id\":\"a1\"", "\"outcome\":\"done\"");
                assertThat(stranger.next("demo/house")).contains("\"sensor\":\"unplugged\"");

                stranger.say("demo/sensor/set", "well", true);
                assertThat(refusal(playground, house, wishes, narrator, stranger))
                        .contains("must not be retained");
                stranger.say("demo/sensor/set", "cut", false);
                assertThat(refusal(playground, house, wishes, narrator, stranger))
                        .contains("no such value: 'cut'");
                assertThat(house.wire()).isEqualTo(Cable.UNPLUGGED);

                stranger.say("demo/broker/set", "rest", false);
                await().atMost(PATIENCE).until(() -> {
                    playground.turn(house, wishes, narrator);
                    return !child.alive();
                });
                watch.look();
                assertThat(child.alive()).isFalse();
            }
        }
    }

    @Test
    void whatRestsIsStartedAgainAndNobodyIsToldThatItDied() throws IOException, InterruptedException {
        List<String> told = new ArrayList<>();
        try (Children children = new Children()) {
            Children.Child sleeper = children.start("sleeper", List.of("sleep", "1000"), folder.resolve("sleeper.log"));
            Watch watch = new Watch(Optional.of(sleeper), told::add);
            long pid = sleeper.pid();

            watch.rest(sleeper, Duration.ofMillis(100));

            await().atMost(PATIENCE).until(() -> {
                watch.look();
                return sleeper.alive() && sleeper.pid() != pid;
            });
            assertThat(told).containsExactly("sleeper is started again");
        }
    }

    private House house() throws IOException {
        House house = new House(
                folder,
                new Car(new Commute(
                        DriveTest.wayHome(),
                        Duration.ofMinutes(55),
                        Duration.ofMinutes(100),
                        Duration.ofMinutes(160))));
        house.feel();
        return house;
    }

    private static String refusal(
            Playground playground, House house, Wishes wishes, Narrator narrator, Stranger stranger)
            throws IOException, InterruptedException {
        String[] answer = {""};
        await().atMost(PATIENCE).until(() -> {
            playground.turn(house, wishes, narrator);
            answer[0] = stranger.poll("demo/result");
            return answer[0].contains("rejected");
        });
        return answer[0];
    }

    /** Somebody who wishes, and listens. */
    private static final class Stranger implements AutoCloseable {
        private final Mqtt5BlockingClient client;
        private final Mqtt5BlockingClient.Mqtt5Publishes heard;

        Stranger(Broker broker) {
            client = Mqtt5Client.builder()
                    .serverHost(broker.host())
                    .serverPort(broker.port())
                    .buildBlocking();
            heard = client.publishes(MqttGlobalPublishFilter.ALL);
            client.connect();
            client.subscribeWith().topicFilter("demo/house").send();
            client.subscribeWith().topicFilter("demo/result").send();
        }

        void say(String topic, String text, boolean retained) {
            client.publishWith()
                    .topic(topic)
                    .payload(text.getBytes(UTF_8))
                    .retain(retained)
                    .send();
        }

        /** The next message of that topic; others are passed over. */
        String next(String topic) throws InterruptedException {
            while (true) {
                Mqtt5Publish message =
                        heard.receive(PATIENCE.toSeconds(), TimeUnit.SECONDS).orElseThrow();
                if (message.getTopic().toString().equals(topic)) {
                    return new String(message.getPayloadAsBytes(), UTF_8);
                }
            }
        }

        /** A message of that topic if there is one, else empty. */
        String poll(String topic) throws InterruptedException {
            return heard.receive(10, TimeUnit.MILLISECONDS)
                    .filter(message -> message.getTopic().toString().equals(topic))
                    .map(message -> new String(message.getPayloadAsBytes(), UTF_8))
                    .orElse("");
        }

        @Override
        public void close() {
            heard.close();
            if (client.getState().isConnected()) {
                client.disconnect();
            }
        }
    }
}
