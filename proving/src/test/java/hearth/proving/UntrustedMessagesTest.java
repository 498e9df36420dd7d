package hearth.proving;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import hearth.coffee.CoffeeNode;
import hearth.common.mqtt.CommandClient;
import hearth.common.value.Celsius;
import hearth.common.value.Reading;
import hearth.proving.attack.MqttPackets;
import hearth.proving.attack.MqttPackets.ConnectOptions;
import hearth.proving.attack.RawMqttClient;
import hearth.testkit.MemoryHal;
import hearth.testkit.bus.Mosquitto;
import hearth.testkit.fault.Fault;
import hearth.thermostat.ThermostatNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.net.SocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Messages of an untrusted client to an airco and a coffee machine through a real broker. */
@Tag("broker")
@Timeout(180)
class UntrustedMessagesTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final List<String> COMMANDS = List.of(
            "airco/target/set",
            "airco/mode/set",
            "airco/preset/set",
            "airco/reset/set",
            "coffee/brew/set",
            "coffee/cancel/set",
            "coffee/reset/set");
    private static final String VALID_COMMAND = "{\"id\":\"good\",\"value\":21.0}";
    private static final int MAX_PAYLOAD = 4096;
    private static final int MAX_PACKET = 268_435_455 - 100;

    @TempDir
    private Path folder;

    private Mosquitto broker;
    private RealBrokerRig nodes;
    private CommandClient owner;
    private MemoryHal coffee;

    @AfterEach
    void end() throws Exception {
        nodes.stopAll();
        owner.close();
        broker.close();
    }

    @Test
    @Fault({"F1", "F4", "F5"})
    void anInvalidCommandHasNoEffectAndTheConnectionStays() throws Exception {
        startBroker();
        List<byte[]> nonsense = InvalidPayloads.all();

        Mqtt5BlockingClient client = client();
        for (String topic : COMMANDS) {
            for (byte[] payload : nonsense) {
                send(client, topic, payload, false);
            }
            send(client, topic, new byte[0], false);
        }

        assertNothingChanged();
        await().atMost(TIMEOUT).until(() -> nodes.rejected("airco") == 4L * nonsense.size());
        await().atMost(TIMEOUT).until(() -> nodes.rejected("coffee") == 3L * nonsense.size());
    }

    @Test
    @Fault("F6")
    void aTooLargeMessageIsRejectedOrNotDeliveredAndTheConnectionStays() throws Exception {
        startBroker();

        Mqtt5BlockingClient client = client();
        send(client, "airco/target/set", padded("{\"id\":\"large\",\"value\":20.5}", MAX_PAYLOAD), false);
        await().atMost(TIMEOUT).until(() -> owner.last("airco/target").equals("20.5"));
        send(client, "airco/target/set", padded("{\"id\":\"larger\",\"value\":25}", MAX_PAYLOAD + 1), false);
        await().atMost(TIMEOUT).until(() -> nodes.rejected("airco") == 1);
        send(client, "airco/target/set", padded("{\"id\":\"largest\",\"value\":25}", 100_000), false);
        try (RawMqttClient giant = rawClient()) {
            assertThat(giant.publish("home/airco/target/set", 1, MAX_PACKET)).isEqualTo(MqttPackets.PUBACK);
        }

        assertNothingChanged();
        assertThat(nodes.rejected("airco")).isEqualTo(1);
        assertThat(owner.messages("airco/target")).endsWith("20.5", "21.0");
    }

    @Test
    @Fault("F6")
    void aBrokerDisconnectsOnlyTheClientThatExceedsItsLimits() throws Exception {
        startBroker("max_packet_size 5000");

        try (RawMqttClient giant = rawClient()) {
            assertThat(giant.publish("home/airco/target/set", 1, MAX_PACKET)).isNotEqualTo(MqttPackets.PUBACK);
        }

        assertNothingChanged();
        assertThat(nodes.rejected("airco")).isZero();
    }

    @Test
    @Fault("F7")
    void atABrokerWithoutQosTwoTheBrewStillStarts() throws Exception {
        startBroker("max_qos 1");

        try (RawMqttClient insists = rawClient()) {
            assertThat(insists.publish("home/coffee/brew/set", 2, 1)).isNotEqualTo(MqttPackets.PUBREC);
        }
        owner.command("coffee/brew/set", "PRESS");

        await().atMost(TIMEOUT).until(() -> coffee.isOn(22));
        assertThat(nodes.rejected("coffee")).isZero();
        assertNothingChanged();
    }

    @Test
    @Fault("F8")
    void retainedCommandsDoNotReachNodesThatConnectOrReconnect() throws Exception {
        broker = Mosquitto.in(folder);
        Mqtt5BlockingClient client = client();
        for (String topic : COMMANDS) {
            String value = topic.contains("target")
                    ? "25.0"
                    : topic.contains("mode") ? "off" : topic.contains("preset") ? "away" : "PRESS";
            send(client, topic, value.getBytes(UTF_8), true);
        }
        startNodes();
        broker.stop();
        broker.start();
        await().atMost(TIMEOUT).until(() -> nodes.connections("airco") == 2 && nodes.connections("coffee") == 2);

        owner.command("airco/target/set", VALID_COMMAND);
        owner.command("coffee/cancel/set", "{\"id\":\"good\",\"value\":\"PRESS\"}");

        await().atMost(TIMEOUT).until(() -> owner.last("airco/result").contains("\"good\""));
        await().atMost(TIMEOUT).until(() -> owner.last("coffee/result").contains("\"good\""));
        assertThat(owner.last("airco/target")).isEqualTo("21.0");
        assertThat(owner.last("airco/mode")).isEqualTo("heat_cool");
        assertThat(owner.last("airco/preset")).isEqualTo("home");
        assertThat(coffee.isOn(22)).isFalse();
        assertThat(nodes.rejected("airco") + nodes.rejected("coffee")).isZero();
    }

    @Test
    @Fault("F8")
    void aRetainedCommandIsAnsweredAndHasNoEffect() throws Exception {
        startBroker();

        send(client(), "airco/target/set", "{\"id\":\"kept\",\"value\":25}".getBytes(UTF_8), true);

        await().atMost(TIMEOUT).until(() -> owner.last("airco/result").contains("\"kept\""));
        assertThat(owner.last("airco/result")).contains("rejected", "must not be retained");
        assertNothingChanged();
    }

    private void startBroker(String... configuration) throws Exception {
        broker = Mosquitto.in(folder, configuration);
        startNodes();
    }

    /** Starts the nodes at a broker that runs already. */
    private void startNodes() throws Exception {
        owner = new CommandClient(broker);
        nodes = new RealBrokerRig(folder, broker);
        nodes.start(new ThermostatNode(), "airco", "airco.heat.gpio = 17", "airco.cool.gpio = 27")
                .setReading(new Reading.Measured(Celsius.of(20)));
        coffee = nodes.start(new CoffeeNode(), "coffee", "coffee.gpio = 22");
        for (String topic : List.of("airco/result", "coffee/result", "airco/target", "airco/mode", "airco/preset")) {
            owner.messages(topic); // Discards earlier messages.
        }
    }

    /** No connection was lost, nothing has changed, and a valid command is executed. */
    private void assertNothingChanged() {
        owner.command("airco/target/set", VALID_COMMAND);
        await().atMost(TIMEOUT).until(() -> owner.last("airco/result").contains("\"good\""));
        assertThat(owner.last("airco/result")).contains("done");
        assertThat(owner.last("airco/target")).isEqualTo("21.0");
        assertThat(owner.last("airco/mode")).isEqualTo("heat_cool");
        assertThat(owner.last("airco/preset")).isEqualTo("home");
        assertThat(nodes.connections("airco")).isEqualTo(1);
        assertThat(nodes.connections("coffee")).isEqualTo(1);
    }

    private RawMqttClient rawClient() throws IOException {
        RawMqttClient raw = new RawMqttClient(SocketFactory.getDefault(), broker.port(), 5);
        assertThat(raw.connect(ConnectOptions.withClientId("raw"))).isZero();
        return raw;
    }

    private Mqtt5BlockingClient client() {
        Mqtt5BlockingClient client = Mqtt5Client.builder()
                .serverHost("127.0.0.1")
                .serverPort(broker.port())
                .buildBlocking();
        client.connect();
        return client;
    }

    private static void send(Mqtt5BlockingClient client, String topic, byte[] payload, boolean retained) {
        client.publishWith()
                .topic("home/" + topic)
                .payload(payload)
                .qos(MqttQos.AT_LEAST_ONCE)
                .retain(retained)
                .send();
    }

    /** The same JSON, padded with spaces to this length. */
    private static byte[] padded(String json, int length) {
        return ("{" + " ".repeat(length - json.length()) + json.substring(1)).getBytes(UTF_8);
    }
}
