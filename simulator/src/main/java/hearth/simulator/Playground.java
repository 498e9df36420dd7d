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
 * The house's end of {@code demo/…}: hears what somebody at the page does to it, says on {@code demo/result} what became
 * of that, and on {@code demo/house} how the house is, about every second. Of the nodes none listens there.
 */
final class Playground implements AutoCloseable {

    private static final String PREFIX = "demo/";
    private static final int MOST_WAITING = 16;
    private static final long TOLD_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LIFETIME_S = 10;
    private static final long PATIENCE_S = 20;

    /** As heard; read on the demo's own thread. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Heard(String name, byte[] payload, boolean retained) {}

    private final Mqtt5AsyncClient client;
    private final TimeScale timeScale;
    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private final Queue<Heard> heard = new ArrayBlockingQueue<>(MOST_WAITING);
    private long toldAt = System.nanoTime() - TOLD_EVERY_NANOS;

    private Playground(Mqtt5AsyncClient client, TimeScale timeScale) {
        this.client = client;
        this.timeScale = timeScale;
    }

    /** Connects and subscribes. From then on it comes back by itself when the broker does. */
    static Playground connected(Broker broker, TimeScale timeScale) throws IOException, InterruptedException {
        Mqtt5AsyncClient client = Subscriber.client("demo-house", broker.host(), broker.port());
        Playground playground = new Playground(client, timeScale);
        try {
            client.connect().get(PATIENCE_S, TimeUnit.SECONDS);
            client.subscribeWith()
                    .topicFilter(PREFIX + "+/set")
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .retainAsPublished(true)
                    .callback(playground::hear)
                    .send()
                    .get(PATIENCE_S, TimeUnit.SECONDS);
            return playground;
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("no answer from the broker at " + broker.host() + ":" + broker.port(), e);
        }
    }

    /** Grants what was wished since the last turn, and says how the house is. */
    @SuppressWarnings("FutureReturnValueIgnored") // Said again in a second.
    void turn(House house, Wishes wishes, Narrator narrator) throws IOException, InterruptedException {
        for (Heard next = heard.poll(); next != null; next = heard.poll()) {
            grant(next, wishes, narrator);
            toldAt = System.nanoTime() - TOLD_EVERY_NANOS; // What has changed is told at once.
        }
        if (client.getState().isConnected() && System.nanoTime() - toldAt >= TOLD_EVERY_NANOS) {
            toldAt = System.nanoTime();
            say("house", status(house, wishes), true);
        }
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // The process ends next.
    public void close() {
        client.disconnect();
    }

    private void hear(Mqtt5Publish message) {
        String name = message.getTopic().toString().substring(PREFIX.length());
        if (message.getPayloadAsBytes().length > 0) {
            heard.offer(new Heard(name, message.getPayloadAsBytes(), message.isRetain())); // Or it is one too many.
        }
    }

    private void grant(Heard next, Wishes wishes, Narrator narrator) throws IOException, InterruptedException {
        try {
            Command<Wish> command = Wish.read(next.name, next.payload);
            String objection = next.retained
                    ? "commands must not be retained: send it without the retain flag"
                    : wishes.objectionTo(command.value());
            Outcome outcome = objection.isEmpty() ? Outcome.DONE : Outcome.REJECTED;
            answer(new Result(next.name, command.id(), outcome, objection)); // A broker that rests carries no answer.
            if (objection.isEmpty()) {
                wishes.grant(command.value(), narrator);
            }
        } catch (Malformed e) {
            answer(new Result(next.name, "", Outcome.REJECTED, e.reason()));
        }
    }

    private void answer(Result result) throws InterruptedException {
        try {
            say("result", (Payload.Fields) Result.TOPIC.codec().write(result), false)
                    .get(1, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return; // The broker is away; whoever asked sees that, too.
        }
    }

    private CompletableFuture<?> say(String name, Payload.Fields fields, boolean state) {
        return client.publishWith()
                .topic(PREFIX + name)
                .payload(Json.write(fields).getBytes(StandardCharsets.UTF_8))
                .qos(MqttQos.AT_LEAST_ONCE)
                .retain(state)
                .messageExpiryInterval(LIFETIME_S)
                .userProperties()
                .add("lifetime_s", Long.toString(LIFETIME_S))
                .applyUserProperties()
                .send();
    }

    private Payload.Fields status(House house, Wishes wishes) {
        return Payload.Fields.of(
                "run",
                run,
                "speed",
                (long) timeScale.speed(),
                "time",
                house.time().withNano(0).toString(),
                "outside_c",
                Math.round(house.outsideC() * 10) / 10.0,
                "sensor",
                word(house.wire()),
                "car",
                word(house.car().at(house.age()).place()),
                "stoppable",
                wishes.mayStopTheBroker());
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
