package hearth.common.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.RETURNS_SELF;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.hivemq.client.mqtt.exceptions.MqttClientStateException;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubRecException;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5ConnectBuilder;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5ConnectRestrictionsBuilder;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAck;
import com.hivemq.client.mqtt.mqtt5.message.disconnect.Mqtt5DisconnectBuilder;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishResult;
import com.hivemq.client.mqtt.mqtt5.message.publish.pubrec.Mqtt5PubRec;
import hearth.common.mqtt.MqttConnection.PublishOutcome;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Failures of the HiveMQ client that no broker can produce. The tests with a broker, real or fake, are in testkit. */
class MqttConnectionTest {

    private static final int LIMIT_S = 10;
    private static final Incoming MESSAGE =
            new Incoming("home/airco/result", "done".getBytes(UTF_8), false, Incoming.ABSENT, Incoming.ABSENT);

    private final Mqtt5AsyncClient client = mock(Mqtt5AsyncClient.class);
    private final BusThread thread = new BusThread("bus airco");
    private final CompletableFuture<Throwable> lost = new CompletableFuture<>();
    private final MqttConnection connection = new MqttConnection(
            URI.create("mqtt://broker.example"),
            Identity.NONE,
            "airco",
            "home/airco/status",
            "run1",
            Timeouts.STANDARD,
            thread,
            message -> {},
            (of, cause) -> lost.complete(cause),
            builder -> client);

    static Stream<Throwable> failuresOfTheClient() {
        return Stream.of(
                new MqttClientStateException("MQTT client is not connected."),
                new IllegalStateException("queue is full"),
                new CompletionException(new IllegalStateException("queue is full")));
    }

    /** A refused message is dropped; a message that was not sent must be kept for the next connection. */
    @ParameterizedTest
    @MethodSource("failuresOfTheClient")
    void aMessageThatTheClientFailsToSendIsNotTakenForRefused(Throwable failure) throws Exception {
        when(client.publish(any())).thenReturn(CompletableFuture.failedFuture(failure));

        assertThat(publish()).isEqualTo(PublishOutcome.UNKNOWN);
    }

    @Test
    void aRefusalAtQos2IsARefusalWhicheverWayTheClientReportsIt() throws Exception {
        Mqtt5PubRecException refusal = new Mqtt5PubRecException(mock(Mqtt5PubRec.class), "quota exceeded");
        Mqtt5PublishResult refused = mock(Mqtt5PublishResult.class);
        when(refused.getError()).thenReturn(Optional.of(refusal));

        when(client.publish(any())).thenReturn(CompletableFuture.completedFuture(refused));
        assertThat(publish()).isEqualTo(PublishOutcome.REFUSED);

        when(client.publish(any())).thenReturn(CompletableFuture.failedFuture(new CompletionException(refusal)));
        assertThat(publish()).isEqualTo(PublishOutcome.REFUSED);
    }

    @Test
    void aSubscriptionThatTheClientFailsToSendIsNotTakenForAnswered() throws Exception {
        when(client.subscribe(any())).thenReturn(CompletableFuture.failedFuture(new IllegalStateException("closed")));

        boolean answered = onBusThread(answer ->
                connection.subscribe(List.of(new Subscription("home/airco/target/set", 1, true)), answer::complete));

        assertThat(answered).isFalse();
    }

    @Test
    void aConnectionThatTheClientFailsToOpenIsReportedLostWithTheReason() throws Exception {
        IllegalStateException failure = new IllegalStateException("no event loop");
        connectAnswers(CompletableFuture.failedFuture(failure));

        thread.execute(() -> connection.connect(sessionPresent -> {}));

        assertThat(lost.get(LIMIT_S, TimeUnit.SECONDS)).isSameAs(failure);
        assertThat(connection.reason(failure)).isEqualTo("no event loop");
    }

    @Test
    void anAcceptanceThatArrivesAfterTheConnectionWasGivenUpEndsItAgain() throws Exception {
        CompletableFuture<Mqtt5ConnAck> acceptance = new CompletableFuture<>();
        CompletableFuture<Void> ended = new CompletableFuture<>();
        CompletableFuture<Boolean> opened = new CompletableFuture<>();
        connectAnswers(acceptance);
        Mqtt5DisconnectBuilder.Send<?> disconnect = mock(Mqtt5DisconnectBuilder.Send.class, RETURNS_SELF);
        doReturn(disconnect).when(client).disconnectWith();
        doReturn(CompletableFuture.failedFuture(new IllegalStateException("not connected")))
                .doAnswer(call -> {
                    ended.complete(null);
                    return ended;
                })
                .when(disconnect)
                .send();
        thread.execute(() -> connection.connect(opened::complete));
        thread.execute(connection::disconnectWithWill);

        thread.execute(() -> acceptance.complete(mock(Mqtt5ConnAck.class)));

        ended.get(LIMIT_S, TimeUnit.SECONDS);
        assertThat(opened).isNotDone();
    }

    private void connectAnswers(CompletableFuture<Mqtt5ConnAck> answer) {
        Mqtt5ConnectBuilder.Send<?> connect = mock(Mqtt5ConnectBuilder.Send.class, RETURNS_SELF);
        Mqtt5ConnectRestrictionsBuilder.Nested<?> restrictions =
                mock(Mqtt5ConnectRestrictionsBuilder.Nested.class, RETURNS_SELF);
        doReturn(connect).when(client).connectWith();
        doReturn(restrictions).when(connect).restrictions();
        doReturn(connect).when(restrictions).applyRestrictions();
        doReturn(answer).when(connect).send();
    }

    private PublishOutcome publish() throws Exception {
        return onBusThread(answer -> connection.publish(MESSAGE, 2, answer::complete));
    }

    private <T> T onBusThread(Consumer<CompletableFuture<T>> ask) throws Exception {
        CompletableFuture<T> answer = new CompletableFuture<>();
        thread.execute(() -> ask.accept(answer));
        return answer.get(LIMIT_S, TimeUnit.SECONDS);
    }
}
