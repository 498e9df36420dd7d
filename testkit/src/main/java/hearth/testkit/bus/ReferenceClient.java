package hearth.testkit.bus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import hearth.common.message.Malformed;
import hearth.common.message.Result;
import hearth.common.mqtt.Decoder;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A client with a good connection to the broker, which receives all messages of all devices and sends commands. It uses
 * no code of Hearth to connect.
 */
public final class ReferenceClient implements AutoCloseable {

    /** The first level of all topics. */
    public static final String PREFIX = "t";

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Map<String, MessageLog> logs = new ConcurrentHashMap<>();
    private final URI broker;
    private final Mqtt5AsyncClient client;

    public ReferenceClient(URI broker) throws Exception {
        this.broker = broker;
        client = MqttClient.builder()
                .useMqttVersion5()
                .identifier("witness-" + UUID.randomUUID())
                .serverHost(broker.getHost())
                .serverPort(broker.getPort())
                .buildAsync();
        client.connect().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        client.subscribeWith()
                .topicFilter(PREFIX + "/#")
                .qos(MqttQos.EXACTLY_ONCE)
                .noLocal(true)
                .callback(this::onPublish)
                .send()
                .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    public MessageLog log(String device) {
        return logs.computeIfAbsent(device, name -> new MessageLog());
    }

    /** Publishes, and returns when the broker has acknowledged. */
    public void publish(String device, String topic, int qos, String text) throws Exception {
        var unused = client.publishWith()
                .topic(PREFIX + "/" + device + "/" + topic)
                .qos(MqttQos.fromCode(qos))
                .payload(text.getBytes(UTF_8))
                .send()
                .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    /** Deletes the session of a client, which must be disconnected, by starting a clean one. */
    public void clearSession(String clientId) {
        Mqtt5BlockingClient other = MqttClient.builder()
                .useMqttVersion5()
                .identifier(clientId)
                .serverHost(broker.getHost())
                .serverPort(broker.getPort())
                .buildBlocking();
        other.connectWith().cleanStart(true).send();
        other.disconnect();
    }

    @Override
    public void close() {
        assertThat(client.disconnect()).succeedsWithin(LIMIT);
    }

    private void onPublish(Mqtt5Publish message) {
        String[] levels = message.getTopic().toString().split("/", 3);
        log(levels[1]).add(levels[2] + " " + text(levels[2], message.getPayloadAsBytes()));
    }

    /** A result as {@code "k1 done"}, all other payloads unchanged. */
    static String text(String topic, byte[] payload) {
        try {
            if (topic.equals(Result.TOPIC.name())) {
                Result result = Result.TOPIC.codec().read(Decoder.decode(payload));
                return result.id() + " " + result.outcome().name().toLowerCase(Locale.ROOT);
            }
        } catch (Malformed e) {
            // A test will not expect this text.
        }
        return new String(payload, UTF_8);
    }
}
