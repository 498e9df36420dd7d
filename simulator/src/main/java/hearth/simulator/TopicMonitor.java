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

/** Somebody outside who listens to everything, as {@code mosquitto_sub} does; not through the nodes' own code. */
final class TopicMonitor implements AutoCloseable {

    private static final String PREFIX = "home/";
    private static final long CONNECT_TIMEOUT_S = 20;

    private final Mqtt5AsyncClient client;
    private final Map<String, String> latest = new ConcurrentHashMap<>();

    private TopicMonitor(String host, int port) {
        this.client = client("demo", host, port);
    }

    /** One of our own, not the nodes'; it comes back by itself. @param name to which it adds what makes it unique */
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

    /** Connects and subscribes. From then on it comes back by itself when the broker does. */
    static TopicMonitor connected(String host, int port) throws IOException, InterruptedException {
        TopicMonitor subscriber = new TopicMonitor(host, port);
        try {
            subscriber.client.connect().get(CONNECT_TIMEOUT_S, TimeUnit.SECONDS);
            subscriber
                    .client
                    .subscribeWith()
                    .topicFilter(PREFIX + "#")
                    .qos(MqttQos.EXACTLY_ONCE)
                    .callback(subscriber::receive)
                    .send()
                    .get(CONNECT_TIMEOUT_S, TimeUnit.SECONDS);
            return subscriber;
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("no answer from the broker at " + host + ":" + port + ": is there one?", e);
        }
    }

    /** The latest message of each topic, by its name below {@code home/}; without a broker no temperature is the latest. */
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
            latest.remove(topic); // As a broker forgets a retained message.
        } else {
            latest.put(topic, text);
        }
    }
}
