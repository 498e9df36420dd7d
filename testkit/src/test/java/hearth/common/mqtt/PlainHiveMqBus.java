package hearth.common.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscribe;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscription;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * The HiveMQ client alone, with its own reconnection and its own queue, for comparison. It is used as well as possible
 * without Hearth's queue: with a session, with {@code online} published on every connection, and with no message before
 * the first connection.
 */
@SuppressWarnings("FutureReturnValueIgnored") // The subscriber counts messages that the client loses.
final class PlainHiveMqBus implements Bus {

    private static final long SESSION_S = 60;

    private final Mqtt5AsyncClient client;
    private final InstantSource clock;
    private final int keepAliveS;
    private final Mqtt5Publish offline;
    private final Map<String, SubscriptionListener> listening = new ConcurrentHashMap<>();
    private final CompletableFuture<Void> live = new CompletableFuture<>();
    private volatile boolean ending;

    PlainHiveMqBus(URI broker, String clientId, String statusTopic, InstantSource clock, int keepAliveS) {
        this.clock = clock;
        this.keepAliveS = keepAliveS;
        this.offline = status(statusTopic, "offline");
        this.client = MqttClient.builder()
                .useMqttVersion5()
                .identifier(clientId)
                .serverHost(broker.getHost())
                .serverPort(broker.getPort())
                .automaticReconnectWithDefaultConfig()
                .willPublish(offline)
                .addConnectedListener(context -> {
                    if (live.isDone()) {
                        publishOnline(statusTopic);
                    }
                })
                .addDisconnectedListener(context -> {
                    if (ending) {
                        context.getReconnector().reconnect(false);
                    }
                })
                .buildAsync();
    }

    @Override
    public boolean connect(Duration timeout) {
        client.publishes(MqttGlobalPublishFilter.ALL, this::hear);
        Mqtt5Subscribe subscribe = Mqtt5Subscribe.builder()
                .addSubscriptions(listening.values().stream().map(each -> Mqtt5Subscription.builder()
                        .topicFilter(each.subscription().topic())
                        .qos(MqttQos.fromCode(each.subscription().qos()))
                        .build()))
                .build();
        client.connectWith()
                .cleanStart(false)
                .sessionExpiryInterval(SESSION_S)
                .keepAlive(keepAliveS)
                .send()
                .thenCompose(connected -> client.subscribe(subscribe))
                .thenRun(() -> {
                    publishOnline(offline.getTopic().toString());
                    live.complete(null);
                });
        return false;
    }

    @Override
    public void disconnect(Duration timeout) {
        ending = true;
        CompletableFuture<?> disconnected = client.publish(offline).thenCompose(published -> client.disconnect());
        try {
            disconnected.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            client.disconnect(); // The last will publishes it.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean subscribe(Subscription subscription, Consumer<Incoming> listener, Duration timeout) {
        listening.put(subscription.topic(), new SubscriptionListener(subscription, listener));
        return false;
    }

    @Override
    public boolean unsubscribe(String topic, Duration timeout) {
        throw new UnsupportedOperationException("not in this conversation");
    }

    @Override
    public void publish(Outgoing message, Consumer<Boolean> settled) {
        if (!clock.instant().isBefore(message.expiresAt())) {
            settled.accept(false); // Like most programs.
            return;
        }
        Mqtt5Publish publish = Mqtt5Publish.builder()
                .topic(message.topic())
                .qos(MqttQos.fromCode(message.qos()))
                .retain(message.retained())
                .payload(message.payload())
                .build();
        live.thenCompose(connected -> client.publish(publish))
                .whenComplete((result, failure) -> settled.accept(failure == null));
    }

    @Override
    public Counts counts() {
        return new Counts(live.isDone(), 0, 0, 0);
    }

    private void publishOnline(String statusTopic) {
        client.publish(status(statusTopic, "online"));
    }

    private void hear(Mqtt5Publish message) {
        SubscriptionListener to = listening.get(message.getTopic().toString());
        if (to != null) {
            to.deliver(new Incoming(
                    message.getTopic().toString(),
                    message.getPayloadAsBytes(),
                    message.isRetain(),
                    Incoming.ABSENT,
                    Incoming.ABSENT));
        }
    }

    private static Mqtt5Publish status(String topic, String word) {
        return Mqtt5Publish.builder()
                .topic(topic)
                .payload(word.getBytes(UTF_8))
                .qos(MqttQos.AT_LEAST_ONCE)
                .retain(true)
                .build();
    }
}
