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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * One connection to one broker, from the attempt to the end of it: a HiveMQ client that is used once, so that none of
 * its queues outlives a connection (ADR 3).
 *
 * <p>Used on the bus's thread only, and answers there.
 */
final class Link {

    /** How long a broker keeps what comes for us while we are away: a command older than that would not act. */
    private static final long SESSION_S = 60;

    /** The largest payload we read, its topic and properties. Larger ones the broker keeps to itself. */
    private static final int LARGEST_PACKET = Decoder.LARGEST + 904;

    /** Messages that may wait in the client for us; with more, the broker has to. */
    private static final int MOST_WAITING = 64;

    private static final Set<Mqtt5DisconnectReasonCode> POISONED = Set.of(
            Mqtt5DisconnectReasonCode.MALFORMED_PACKET,
            Mqtt5DisconnectReasonCode.PROTOCOL_ERROR,
            Mqtt5DisconnectReasonCode.IMPLEMENTATION_SPECIFIC_ERROR,
            Mqtt5DisconnectReasonCode.TOPIC_NAME_INVALID,
            Mqtt5DisconnectReasonCode.PACKET_TOO_LARGE,
            Mqtt5DisconnectReasonCode.PAYLOAD_FORMAT_INVALID);

    /** The user property of a status that tells who said it. */
    private static final String RUN = "run";

    private static final int PLAIN_PORT = 1883;
    private static final int TLS_PORT = 8883;

    /** What became of one message. */
    enum Answer {
        ACKNOWLEDGED,
        REFUSED,
        /** The connection went; whether it arrived nobody knows. */
        UNKNOWN
    }

    private final Patience waits;
    private final BusThread thread;
    private final String where;
    private final String host;
    private final boolean tls;
    private final Identity identity;
    private final String statusTopic;
    private final String run;
    private final BiConsumer<Link, Throwable> lost;
    private final Mqtt5AsyncClient client;
    private final Set<String> complainedOf = new HashSet<>();
    private int highestQos = 2;
    private boolean answered;
    private boolean abandoned;
    private boolean foundAnother;

    /**
     * @param broker {@code mqtts} is TLS 1.2 or newer, and its host's name is checked
     * @param run   told with every status, so that our own last will can be told from that of another who has our name
     * @param heard what has come; may be called before {@link #open} is done, with what the session held
     * @param lost  called with the cause when it could not be opened, or was and is no more, whoever ended it; perhaps
     *     twice
     */
    Link(
            URI broker,
            Identity identity,
            String clientId,
            String statusTopic,
            String run,
            Patience waits,
            BusThread thread,
            Consumer<Incoming> heard,
            BiConsumer<Link, Throwable> lost) {
        this.tls = "mqtts".equals(broker.getScheme());
        int port = broker.getPort() != -1 ? broker.getPort() : tls ? TLS_PORT : PLAIN_PORT;
        this.waits = waits;
        this.thread = thread;
        this.host = broker.getHost();
        this.where = host + ":" + port;
        this.identity = identity;
        this.statusTopic = statusTopic;
        this.run = run;
        this.lost = lost;
        // Netty sets TCP_NODELAY by itself. The host is given by name, so it is looked up at each attempt.
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
                .socketConnectTimeout(waits.attempt().toMillis(), TimeUnit.MILLISECONDS)
                .mqttConnectTimeout(waits.attempt().toMillis(), TimeUnit.MILLISECONDS)
                .sslConfig(tls ? identity.tls() : null) // Here: said to the client's builder after this, it is ignored.
                .applyTransportConfig()
                .willPublish(status("offline"))
                .addDisconnectedListener(context -> thread.execute(() -> lost.accept(this, context.getCause())));
        this.client = identity.introduce(builder).buildAsync();
        // Before the connection: what a resumed session hands over at once would be acknowledged and lost.
        client.publishes(MqttGlobalPublishFilter.ALL, message -> hear(message, heard), thread);
    }

    /** Where it leads, as host:port. */
    String where() {
        return where;
    }

    /** @param opened told whether the broker still had our session; not called if it fails */
    void open(Consumer<Boolean> opened) {
        CompletableFuture<Mqtt5ConnAck> answer = client.connectWith()
                .cleanStart(false)
                .sessionExpiryInterval(SESSION_S)
                .keepAlive(waits.keepAliveS())
                .restrictions()
                .maximumPacketSize(LARGEST_PACKET)
                .receiveMaximum(MOST_WAITING)
                .applyRestrictions()
                .send();
        then(answer, (ack, failure) -> {
            answered |= ack != null;
            if (ack == null) {
                lost.accept(this, failure == null ? new IllegalStateException("no answer") : failure);
            } else if (abandoned) {
                abandon(); // It came after we had given up on it.
            } else {
                highestQos = ack.getRestrictions().getMaximumQos().getCode();
                opened.accept(ack.isSessionPresent());
            }
        });
    }

    /** @param answered told true when the broker has answered, also if it refused some of them; false if it has not */
    void subscribe(Collection<Subscription> subscriptions, Consumer<Boolean> answered) {
        Mqtt5Subscribe subscribe = Mqtt5Subscribe.builder()
                .addSubscriptions(subscriptions.stream().map(Link::subscription))
                .build();
        then(
                client.subscribe(subscribe),
                (ack, failure) -> answered.accept(failure == null || isRefusal(failure, subscriptions)));
    }

    void unsubscribe(Collection<String> topics, Consumer<Boolean> answered) {
        Mqtt5Unsubscribe unsubscribe = Mqtt5Unsubscribe.builder()
                .addTopicFilters(topics.stream().map(MqttTopicFilter::of))
                .build();
        then(client.unsubscribe(unsubscribe), (ack, failure) -> answered.accept(failure == null));
    }

    void publish(Incoming message, int qos, Consumer<Answer> answered) {
        Mqtt5PublishBuilder.Complete publish = Mqtt5Publish.builder()
                .topic(message.topic())
                .payload(message.payload())
                .qos(MqttQos.fromCode(Math.min(qos, highestQos)))
                .retain(message.retained());
        if (message.leftS() != Incoming.ABSENT) {
            publish = publish.messageExpiryInterval(message.leftS())
                    .userProperties()
                    .add(Incoming.LIFETIME, Long.toString(message.lifetimeS()))
                    .applyUserProperties();
        }
        publish(publish.build(), answered);
    }

    void publishStatus(String word, Consumer<Answer> answered) {
        publish(status(word), answered);
    }

    /** Ends the session. @param closed called when it is ended, one way or the other */
    void close(Runnable closed) {
        then(client.disconnectWith().sessionExpiryInterval(0).send(), (done, failure) -> closed.run());
    }

    /** Ends the connection, now or as soon as there is one, and lets the broker say {@code offline}. */
    void abandon() {
        abandoned = true;
        CompletableFuture<?> cut = client.disconnectWith()
                .reasonCode(Mqtt5DisconnectReasonCode.DISCONNECT_WITH_WILL_MESSAGE)
                .send();
        then(cut, (done, failure) -> {}); // There was no connection, or it ended first.
    }

    /** Whether it was lost to another client of our name. Mosquitto says so from 2.0.15 on; those before just close. */
    static boolean isTakeover(Throwable cause) {
        return cause instanceof Mqtt5DisconnectException disconnect
                && disconnect.getMqttMessage().getReasonCode() == Mqtt5DisconnectReasonCode.SESSION_TAKEN_OVER;
    }

    /** Why it could not be opened, or is no more, in words an owner can do something about. */
    String reason(Throwable cause) {
        Throwable deepest = cause;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        String message = deepest.getMessage();
        String said = message == null ? deepest.getClass().getSimpleName() : message;
        if (answered) {
            return said;
        }
        if (tls) {
            return new TlsTrouble(host, identity).inWords(cause, said);
        }
        boolean hungUp = cause instanceof ConnectionClosedException;
        return hungUp ? said + " Should that port want TLS: broker.urls has mqtts:// then" : said;
    }

    /** Whether somebody else has said our status. */
    boolean foundAnother() {
        return foundAnother;
    }

    /** Forgets about it: too long ago to have to do with what happens next. */
    void forgetAnother() {
        foundAnother = false;
    }

    /** Whether one end did not understand, or would not have, what the other sent. */
    static boolean isOverSomethingSent(Throwable cause) {
        return cause instanceof MqttDecodeException
                || cause.getCause() instanceof MqttDecodeException
                || (cause instanceof Mqtt5DisconnectException disconnect
                        && POISONED.contains(disconnect.getMqttMessage().getReasonCode()));
    }

    /** Also when it is given up: what comes here has been acknowledged, and nobody will deliver it again. */
    private void hear(Mqtt5Publish message, Consumer<Incoming> heard) {
        foundAnother |= message.getTopic().toString().equals(statusTopic) && isAnothers(message);
        heard.accept(new Incoming(
                message.getTopic().toString(),
                message.getPayloadAsBytes(),
                message.isRetain(),
                lifetime(message),
                message.getMessageExpiryInterval().orElse(Incoming.ABSENT)));
    }

    private void publish(Mqtt5Publish message, Consumer<Answer> answered) {
        then(
                client.publish(message),
                (result, failure) -> answered.accept(answer(message.getTopic().toString(), result, failure)));
    }

    /** Goes on on the bus's thread; what goes wrong there is not kept in a future nobody looks at. */
    @SuppressWarnings("FutureReturnValueIgnored")
    private <T> void then(CompletableFuture<T> answer, BiConsumer<@Nullable T, @Nullable Throwable> next) {
        answer.whenComplete((result, failure) -> thread.execute(() -> next.accept(result, failure)));
    }

    private Answer answer(String topic, @Nullable Mqtt5PublishResult result, @Nullable Throwable failure) {
        Throwable error = result == null ? failure : result.getError().orElse(null);
        if (error == null) {
            return Answer.ACKNOWLEDGED;
        }
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        boolean refused = cause instanceof Mqtt5PubAckException
                || cause instanceof Mqtt5PubRecException
                || cause instanceof MqttEncodeException;
        if (refused && complainedOf.add(topic)) {
            Logger.warn("{} does not take {}: {}", where, topic, cause.getMessage());
        }
        return refused ? Answer.REFUSED : Answer.UNKNOWN;
    }

    private boolean isRefusal(Throwable failure, Collection<Subscription> subscriptions) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        boolean refused = failure instanceof Mqtt5SubAckException || cause instanceof Mqtt5SubAckException;
        if (refused) {
            Logger.warn("{} refuses a subscription among {}: {}", where, subscriptions, failure.getMessage());
        }
        return refused;
    }

    private Mqtt5Publish status(String word) {
        return Mqtt5Publish.builder()
                .topic(statusTopic)
                .payload(word.getBytes(StandardCharsets.UTF_8))
                .qos(MqttQos.AT_LEAST_ONCE)
                .retain(true)
                .userProperties()
                .add(RUN, run)
                .applyUserProperties()
                .build();
    }

    private static Mqtt5Subscription subscription(Subscription wish) {
        return Mqtt5Subscription.builder()
                .topicFilter(wish.topic())
                .qos(MqttQos.fromCode(wish.qos()))
                .retainAsPublished(wish.commands())
                .retainHandling(wish.commands() ? Mqtt5RetainHandling.DO_NOT_SEND : Mqtt5RetainHandling.SEND)
                .build();
    }

    private boolean isAnothers(Mqtt5Publish status) {
        return property(status, RUN).anyMatch(other -> !other.equals(run));
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
