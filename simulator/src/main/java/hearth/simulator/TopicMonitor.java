package hearth.simulator;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Subscribes to all topics, as {@code mosquitto_sub} does. Shares no code with the nodes. */
final class TopicMonitor implements AutoCloseable {

    private static final String PREFIX = "home/";
    private static final long CONNECT_TIMEOUT_S = 20;

    private final Mqtt5AsyncClient client;
    private final Map<String, String> latest = new ConcurrentHashMap<>();

    private TopicMonitor(String host, int port) {
        this.client = client("demo", host, port);
    }

    /** An MQTT client that reconnects automatically. @param name the client id, to which a unique suffix is added */
    static Mqtt5AsyncClient client(String name, String host, int port) {
        return Mqtt5Client.builder()
                .identifier(name + "-" + UUID.randomUUID().toString().substring(0, 8))
                .serverHost(host)
                .serverPort(port)
                .automaticReconnect()
                .initialDelay(200, TimeUnit.MILLISECONDS)
                .maxDelay(1, TimeUnit.SECONDS)
                .applyAutomaticReconnect()
                .buildAsync();
    }

    /** Connects and subscribes. Reconnects automatically after that. */
    static TopicMonitor connected(String host, int port) throws IOException, InterruptedException {
        TopicMonitor monitor = new TopicMonitor(host, port);
        try {
            monitor.client.connect().get(CONNECT_TIMEOUT_S, TimeUnit.SECONDS);
            monitor.client
                    .subscribeWith()
                    .topicFilter(PREFIX + "#")
                    .qos(MqttQos.EXACTLY_ONCE)
                    .callback(monitor::receive)
                    .send()
                    .get(CONNECT_TIMEOUT_S, TimeUnit.SECONDS);
            return monitor;
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException(
                    "the broker at " + host + ":" + port + " did not answer within " + CONNECT_TIMEOUT_S
                            + " s: check the address and that it runs",
                    e);
        }
    }

    /** The latest message per topic, by the name below {@code home/}; without a broker there is no temperature. */
    Map<String, String> latest() {
        if (!connected()) {
            latest.remove("sensor/temperature");
        }
        return Map.copyOf(latest);
    }

    boolean connected() {
        return client.getState().isConnected();
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // The process ends next.
    public void close() {
        client.disconnect();
    }

    private void receive(Mqtt5Publish message) {
        String topic = message.getTopic().toString().substring(PREFIX.length());
        String text = new String(message.getPayloadAsBytes(), StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", "?");
        if (text.isEmpty()) {
            latest.remove(topic); // An empty retained message deletes the retained message.
        } else {
            latest.put(topic, text);
        }
    }
}
