package hearth.simulator;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import hearth.common.json.Json;
import hearth.common.message.Command;
import hearth.common.message.Malformed;
import hearth.common.message.Payload;
import hearth.common.message.Result;
import hearth.common.message.Result.Outcome;
import hearth.common.value.TimeScale;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Receives the commands of the page on {@code demo/…}, publishes their results on {@code demo/result}, and the state of
 * the simulated house on {@code demo/house} every second. No node subscribes to these topics.
 */
final class DemoCommandListener implements AutoCloseable {

    private static final String PREFIX = "demo/";
    private static final int MAX_PENDING = 16;
    private static final long STATUS_PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long MESSAGE_EXPIRY_S = 10;
    private static final long CONNECT_TIMEOUT_S = 20;

    /** A command as received. It is parsed on the thread of the demo. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record PendingDemoCommand(String name, byte[] payload, boolean retained) {}

    private final Mqtt5AsyncClient client;
    private final TimeScale timeScale;
    private final String runId = UUID.randomUUID().toString().substring(0, 8);
    private final Queue<PendingDemoCommand> pending = new ArrayBlockingQueue<>(MAX_PENDING);
    private long statusSentAt = System.nanoTime() - STATUS_PERIOD_NANOS;

    private DemoCommandListener(Mqtt5AsyncClient client, TimeScale timeScale) {
        this.client = client;
        this.timeScale = timeScale;
    }

    /** Connects and subscribes. Reconnects automatically after that. */
    static DemoCommandListener connected(DemoBroker broker, TimeScale timeScale)
            throws IOException, InterruptedException {
        Mqtt5AsyncClient client = TopicMonitor.client("demo-house", broker.host(), broker.port());
        DemoCommandListener listener = new DemoCommandListener(client, timeScale);
        try {
            client.connect().get(CONNECT_TIMEOUT_S, TimeUnit.SECONDS);
            client.subscribeWith()
                    .topicFilter(PREFIX + "+/set")
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .retainAsPublished(true)
                    .callback(listener::enqueue)
                    .send()
                    .get(CONNECT_TIMEOUT_S, TimeUnit.SECONDS);
            return listener;
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException(
                    "the broker at " + broker.host() + ":" + broker.port() + " did not answer within "
                            + CONNECT_TIMEOUT_S + " s",
                    e);
        }
    }

    /** Executes the commands that have arrived since the last call, and publishes the state of the house. */
    @SuppressWarnings("FutureReturnValueIgnored") // Published again in a second.
    void update(House house, DemoCommandExecutor executor, StoryPrinter printer)
            throws IOException, InterruptedException {
        for (PendingDemoCommand next = pending.poll(); next != null; next = pending.poll()) {
            execute(next, executor, printer);
            statusSentAt = System.nanoTime() - STATUS_PERIOD_NANOS; // Publishes the change at once.
        }
        if (client.getState().isConnected() && System.nanoTime() - statusSentAt >= STATUS_PERIOD_NANOS) {
            statusSentAt = System.nanoTime();
            publish("house", statusFields(house, executor), true);
        }
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // The process ends next.
    public void close() {
        client.disconnect();
    }

    private void enqueue(Mqtt5Publish message) {
        String name = message.getTopic().toString().substring(PREFIX.length());
        if (message.getPayloadAsBytes().length > 0) {
            pending.offer(new PendingDemoCommand(
                    name, message.getPayloadAsBytes(), message.isRetain())); // Dropped if the queue is full.
        }
    }

    private void execute(PendingDemoCommand next, DemoCommandExecutor executor, StoryPrinter printer)
            throws IOException, InterruptedException {
        try {
            Command<DemoCommand> command = DemoCommand.read(next.name, next.payload);
            String rejection = next.retained
                    ? "commands must not be retained: send it without the retain flag"
                    : executor.rejectionOf(command.value());
            Outcome outcome = rejection.isEmpty() ? Outcome.DONE : Outcome.REJECTED;
            publishResult(new Result(next.name, command.id(), outcome, rejection)); // Before the broker may stop.
            if (rejection.isEmpty()) {
                executor.execute(command.value(), printer);
            }
        } catch (Malformed e) {
            publishResult(new Result(next.name, "", Outcome.REJECTED, e.reason()));
        }
    }

    private void publishResult(Result result) throws InterruptedException {
        try {
            publish("result", (Payload.Fields) Result.TOPIC.codec().write(result), false)
                    .get(1, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return; // The broker is away; the sender of the command sees that, too.
        }
    }

    private CompletableFuture<?> publish(String name, Payload.Fields fields, boolean state) {
        return client.publishWith()
                .topic(PREFIX + name)
                .payload(Json.write(fields).getBytes(StandardCharsets.UTF_8))
                .qos(MqttQos.AT_LEAST_ONCE)
                .retain(state)
                .messageExpiryInterval(MESSAGE_EXPIRY_S)
                .userProperties()
                .add("lifetime_s", Long.toString(MESSAGE_EXPIRY_S))
                .applyUserProperties()
                .send();
    }

    private Payload.Fields statusFields(House house, DemoCommandExecutor executor) {
        return Payload.Fields.of(
                "run",
                runId,
                "speed",
                (long) timeScale.speed(),
                "time",
                house.time().withNano(0).toString(),
                "outside_c",
                Math.round(house.outsideC() * 10) / 10.0,
                "sensor",
                kebabCase(house.sensorWiring()),
                "car",
                kebabCase(house.car().at(house.elapsed()).place()),
                "stoppable",
                executor.canStopBroker());
    }

    private static String kebabCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
