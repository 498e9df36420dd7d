package hearth.common.mqtt;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.datatypes.MqttTopicFilter;
import com.hivemq.client.mqtt.exceptions.ConnectionClosedException;
import com.hivemq.client.mqtt.exceptions.MqttDecodeException;
import com.hivemq.client.mqtt.exceptions.MqttEncodeException;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientBuilder;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5DisconnectException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubRecException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5SubAckException;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAck;
import com.hivemq.client.mqtt.mqtt5.message.disconnect.Mqtt5DisconnectReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishBuilder;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishResult;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5RetainHandling;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscribe;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscription;
import com.hivemq.client.mqtt.mqtt5.message.unsubscribe.Mqtt5Unsubscribe;
import io.reactivex.schedulers.Schedulers;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * One connection to one broker: a HiveMQ client that is used once, so that its queues do not outlive the connection
 * (ADR 3).
 *
 * <p>Used on the bus's thread only; callbacks run there too.
 */
final class MqttConnection {

    /** How long the broker keeps messages for a disconnected node: older commands have expired anyway. */
    private static final long SESSION_EXPIRY_S = 60;

    /**
     * The largest payload that the node reads, with topic and properties. The broker does not deliver larger messages.
     */
    private static final int MAX_PACKET_BYTES = Decoder.MAX_BYTES + 904;

    /** Messages that may wait in the client; the broker holds back further ones. */
    private static final int RECEIVE_MAXIMUM = 64;

    private static final Set<Mqtt5DisconnectReasonCode> PROTOCOL_ERRORS = Set.of(
            Mqtt5DisconnectReasonCode.MALFORMED_PACKET,
            Mqtt5DisconnectReasonCode.PROTOCOL_ERROR,
            Mqtt5DisconnectReasonCode.IMPLEMENTATION_SPECIFIC_ERROR,
            Mqtt5DisconnectReasonCode.TOPIC_NAME_INVALID,
            Mqtt5DisconnectReasonCode.PACKET_TOO_LARGE,
            Mqtt5DisconnectReasonCode.PAYLOAD_FORMAT_INVALID);

    /** The user property of a status message with the id of the process that published it. */
    private static final String RUN_PROPERTY = "run";

    private static final int PLAIN_PORT = 1883;
    private static final int TLS_PORT = 8883;

    /** The outcome of one published message. */
    enum PublishOutcome {
        ACKNOWLEDGED,
        REFUSED,
        /** The connection was lost; the message may or may not have arrived. */
        UNKNOWN
    }

    private final Timeouts timeouts;
    private final BusThread thread;
    private final String address;
    private final String host;
    private final boolean tls;
    private final Identity identity;
    private final String statusTopic;
    private final String runId;
    private final BiConsumer<MqttConnection, Throwable> onLost;
    private final Mqtt5AsyncClient client;
    private final Set<String> warnedTopics = new HashSet<>();
    private int highestQos = 2;
    private boolean acknowledged;
    private boolean disconnectRequested;
    private boolean duplicateClientSeen;

    /**
     * @param broker    {@code mqtts} is TLS 1.2 or newer, and its host's name is checked
     * @param runId     sent with each status message; it distinguishes our last will from that of another client with
     *     the same client id
     * @param onMessage receives each message; may be called before {@link #connect} has finished, with messages from
     *     the session
     * @param onLost    called with the cause when the connection could not be opened or has ended, on either side;
     *     possibly twice
     * @param build     makes the client from its finished builder: {@code Mqtt5ClientBuilder::buildAsync}
     */
    MqttConnection(
            URI broker,
            Identity identity,
            String clientId,
            String statusTopic,
            String runId,
            Timeouts timeouts,
            BusThread thread,
            Consumer<Incoming> onMessage,
            BiConsumer<MqttConnection, Throwable> onLost,
            Function<Mqtt5ClientBuilder, Mqtt5AsyncClient> build) {
        this.tls = "mqtts".equals(broker.getScheme());
        int port = broker.getPort() != -1 ? broker.getPort() : tls ? TLS_PORT : PLAIN_PORT;
        this.timeouts = timeouts;
        this.thread = thread;
        this.host = broker.getHost();
        this.address = host + ":" + port;
        this.identity = identity;
        this.statusTopic = statusTopic;
        this.runId = runId;
        this.onLost = onLost;
        // Netty sets TCP_NODELAY by itself. The host is given by name, so it is resolved at each attempt.
        Mqtt5ClientBuilder builder = MqttClient.builder()
                .useMqttVersion5()
                .identifier(clientId)
                .executorConfig()
                .nettyThreads(1)
                .applicationScheduler(Schedulers.from(thread))
                .applyExecutorConfig()
                .transportConfig()
                .serverHost(host)
                .serverPort(port)
                .socketConnectTimeout(timeouts.connect().toMillis(), TimeUnit.MILLISECONDS)
                .mqttConnectTimeout(timeouts.connect().toMillis(), TimeUnit.MILLISECONDS)
                .sslConfig(tls ? identity.tlsConfig() : null) // Must be here: the client's builder ignores it later.
                .applyTransportConfig()
                .willPublish(status("offline"))
                .addDisconnectedListener(context -> thread.execute(() -> onLost.accept(this, context.getCause())));
        this.client = build.apply(identity.authenticate(builder));
        // Before the connection: messages of a resumed session would otherwise be acknowledged and lost.
        client.publishes(MqttGlobalPublishFilter.ALL, message -> onPublish(message, onMessage), thread);
    }

    /** Host and port of the broker. */
    String address() {
        return address;
    }

    /** @param onConnected called with whether the broker still had our session; not called on failure */
    void connect(Consumer<Boolean> onConnected) {
        CompletableFuture<Mqtt5ConnAck> answer = client.connectWith()
                .cleanStart(false)
                .sessionExpiryInterval(SESSION_EXPIRY_S)
                .keepAlive(timeouts.keepAliveS())
                .restrictions()
                .maximumPacketSize(MAX_PACKET_BYTES)
                .receiveMaximum(RECEIVE_MAXIMUM)
                .applyRestrictions()
                .send();
        onBusThread(answer, (ack, failure) -> {
            acknowledged |= ack != null;
            if (ack == null) {
                onLost.accept(this, failure == null ? new IllegalStateException("no answer from the broker") : failure);
            } else if (disconnectRequested) {
                disconnectWithWill(); // The connection was abandoned before the answer came.
            } else {
                highestQos = ack.getRestrictions().getMaximumQos().getCode();
                onConnected.accept(ack.isSessionPresent());
            }
        });
    }

    /**
     * @param onAnswer called with true when the broker has answered, even if it refused some; false if it has not
     *     answered
     */
    void subscribe(Collection<Subscription> subscriptions, Consumer<Boolean> onAnswer) {
        Mqtt5Subscribe subscribe = Mqtt5Subscribe.builder()
                .addSubscriptions(subscriptions.stream().map(MqttConnection::subscription))
                .build();
        onBusThread(
                client.subscribe(subscribe),
                (ack, failure) -> onAnswer.accept(failure == null || isRefusal(failure, subscriptions)));
    }

    void unsubscribe(Collection<String> topics, Consumer<Boolean> onAnswer) {
        Mqtt5Unsubscribe unsubscribe = Mqtt5Unsubscribe.builder()
                .addTopicFilters(topics.stream().map(MqttTopicFilter::of))
                .build();
        onBusThread(client.unsubscribe(unsubscribe), (ack, failure) -> onAnswer.accept(failure == null));
    }

    void publish(Incoming message, int qos, Consumer<PublishOutcome> onAnswer) {
        Mqtt5PublishBuilder.Complete publish = Mqtt5Publish.builder()
                .topic(message.topic())
                .payload(message.payload())
                .qos(MqttQos.fromCode(Math.min(qos, highestQos)))
                .retain(message.retained());
        if (message.remainingS() != Incoming.ABSENT) {
            publish = publish.messageExpiryInterval(message.remainingS())
                    .userProperties()
                    .add(Incoming.LIFETIME, Long.toString(message.lifetimeS()))
                    .applyUserProperties();
        }
        publish(publish.build(), onAnswer);
    }

    void publishStatus(String payload, Consumer<PublishOutcome> onAnswer) {
        publish(status(payload), onAnswer);
    }

    /** Ends the session. @param closed called when the session has ended, with or without an answer */
    void close(Runnable closed) {
        onBusThread(client.disconnectWith().sessionExpiryInterval(0).send(), (done, failure) -> closed.run());
    }

    /**
     * Ends the connection, now or as soon as it is open, so that the broker publishes the last will {@code offline}.
     */
    void disconnectWithWill() {
        disconnectRequested = true;
        CompletableFuture<?> disconnected = client.disconnectWith()
                .reasonCode(Mqtt5DisconnectReasonCode.DISCONNECT_WITH_WILL_MESSAGE)
                .send();
        onBusThread(disconnected, (done, failure) -> {}); // Fails if there was no connection or it has ended already.
    }

    /**
     * Whether another client with the same client id took over the session. Mosquitto reports this since 2.0.15; older
     * versions only close the connection.
     */
    static boolean isTakeover(Throwable cause) {
        return cause instanceof Mqtt5DisconnectException disconnect
                && disconnect.getMqttMessage().getReasonCode() == Mqtt5DisconnectReasonCode.SESSION_TAKEN_OVER;
    }

    /** Why the connection could not be opened or has ended, with the remedy if it is known. */
    String reason(Throwable cause) {
        Throwable deepest = cause;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        String message = deepest.getMessage();
        String reason = message == null ? deepest.getClass().getSimpleName() : message;
        if (acknowledged) {
            return reason;
        }
        if (tls) {
            return new TlsDiagnosis(host, identity).describe(cause, reason);
        }
        boolean closedByBroker = cause instanceof ConnectionClosedException;
        return closedByBroker ? reason + "; if this port requires TLS, set broker.urls to mqtts://" : reason;
    }

    /** Whether another client has published a status on our topic. */
    boolean duplicateClientSeen() {
        return duplicateClientSeen;
    }

    /** Forgets that status: it is too old to explain the next loss of the connection. */
    void clearDuplicateClient() {
        duplicateClientSeen = false;
    }

    /** Whether the connection ended because one side received a packet that it could not decode or did not accept. */
    static boolean isProtocolError(Throwable cause) {
        return cause instanceof MqttDecodeException
                || cause.getCause() instanceof MqttDecodeException
                || (cause instanceof Mqtt5DisconnectException disconnect
                        && PROTOCOL_ERRORS.contains(disconnect.getMqttMessage().getReasonCode()));
    }

    /**
     * Delivers also after the connection was abandoned: the message is acknowledged, so the broker does not send it
     * again.
     */
    private void onPublish(Mqtt5Publish message, Consumer<Incoming> onMessage) {
        duplicateClientSeen |= message.getTopic().toString().equals(statusTopic) && isFromOtherClient(message);
        onMessage.accept(new Incoming(
                message.getTopic().toString(),
                message.getPayloadAsBytes(),
                message.isRetain(),
                lifetime(message),
                message.getMessageExpiryInterval().orElse(Incoming.ABSENT)));
    }

    private void publish(Mqtt5Publish message, Consumer<PublishOutcome> onAnswer) {
        onBusThread(
                client.publish(message),
                (result, failure) ->
                        onAnswer.accept(outcomeOf(message.getTopic().toString(), result, failure)));
    }

    /** Continues on the bus's thread, so that an exception there is not hidden in a future. */
    @SuppressWarnings("FutureReturnValueIgnored")
    private <T> void onBusThread(CompletableFuture<T> answer, BiConsumer<@Nullable T, @Nullable Throwable> next) {
        answer.whenComplete((result, failure) -> thread.execute(() -> next.accept(result, failure)));
    }

    private PublishOutcome outcomeOf(String topic, @Nullable Mqtt5PublishResult result, @Nullable Throwable failure) {
        Throwable error = result == null ? failure : result.getError().orElse(null);
        if (error == null) {
            return PublishOutcome.ACKNOWLEDGED;
        }
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        boolean refused = cause instanceof Mqtt5PubAckException
                || cause instanceof Mqtt5PubRecException
                || cause instanceof MqttEncodeException;
        if (refused && warnedTopics.add(topic)) {
            Logger.warn("{} refused a message on {}: {}", address, topic, cause.getMessage());
        }
        return refused ? PublishOutcome.REFUSED : PublishOutcome.UNKNOWN;
    }

    private boolean isRefusal(Throwable failure, Collection<Subscription> subscriptions) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        boolean refused = failure instanceof Mqtt5SubAckException || cause instanceof Mqtt5SubAckException;
        if (refused) {
            Logger.warn("{} refused one of the subscriptions {}: {}", address, subscriptions, failure.getMessage());
        }
        return refused;
    }

    private Mqtt5Publish status(String payload) {
        return Mqtt5Publish.builder()
                .topic(statusTopic)
                .payload(payload.getBytes(StandardCharsets.UTF_8))
                .qos(MqttQos.AT_LEAST_ONCE)
                .retain(true)
                .userProperties()
                .add(RUN_PROPERTY, runId)
                .applyUserProperties()
                .build();
    }

    private static Mqtt5Subscription subscription(Subscription subscription) {
        return Mqtt5Subscription.builder()
                .topicFilter(subscription.topic())
                .qos(MqttQos.fromCode(subscription.qos()))
                .retainAsPublished(subscription.commandTopic())
                .retainHandling(
                        subscription.commandTopic() ? Mqtt5RetainHandling.DO_NOT_SEND : Mqtt5RetainHandling.SEND)
                .build();
    }

    private boolean isFromOtherClient(Mqtt5Publish status) {
        return property(status, RUN_PROPERTY).anyMatch(other -> !other.equals(runId));
    }

    private static long lifetime(Mqtt5Publish message) {
        return property(message, Incoming.LIFETIME)
                .filter(seconds -> seconds.matches("[0-9]{1,10}"))
                .map(Long::parseLong)
                .findFirst()
                .orElse(Incoming.ABSENT);
    }

    private static Stream<String> property(Mqtt5Publish message, String name) {
        return message.getUserProperties().asList().stream()
                .filter(property -> property.getName().toString().equals(name))
                .map(property -> property.getValue().toString());
    }
}
