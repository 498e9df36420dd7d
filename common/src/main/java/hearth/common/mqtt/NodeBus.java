package hearth.common.mqtt;

import hearth.common.json.Json;
import hearth.common.message.Command;
import hearth.common.message.Malformed;
import hearth.common.message.Payload;
import hearth.common.message.PayloadCodec;
import hearth.common.message.Result;
import hearth.common.message.Result.Outcome;
import hearth.common.message.Topic;
import hearth.common.value.TimeScale;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.tinylog.Logger;

/**
 * One node's part in the house's conversation: typed topics on one side, a {@link Bus} of bytes on the other.
 *
 * <p>What is malformed, retained where it must not be, or too old never gets past here. Such a command is answered on
 * {@code result} with the reason, ten at once and then one every six seconds; the rest are only counted.
 */
public final class NodeBus {

    private static final int RESULT_BURST = 10;
    private static final Duration RESULT_PERIOD = Duration.ofSeconds(6);

    private final Bus bus;
    private final String prefix;
    private final String node;
    private final InstantSource clock;
    private final TimeScale timeScale;
    private final CommandPolicy policy;
    private final RateLimiter resultLimiter;
    private long rejected; // Guarded by this.

    /** Of a node that obeys everybody. */
    public NodeBus(Bus bus, String prefix, String node, InstantSource clock, TimeScale timeScale) {
        this(bus, prefix, node, clock, timeScale, CommandPolicy.ALLOW_ALL);
    }

    /** @param policy whose commands the node obeys */
    public NodeBus(
            Bus bus, String prefix, String node, InstantSource clock, TimeScale timeScale, CommandPolicy policy) {
        this.bus = bus;
        this.prefix = prefix;
        this.node = node;
        this.clock = clock;
        this.timeScale = timeScale;
        this.policy = policy;
        this.resultLimiter = new RateLimiter(RESULT_BURST, RESULT_PERIOD, clock.instant());
    }

    /** Says what is so, for all to know until it changes. */
    public <T> void publishRetained(Topic<T> topic, T message, Instant expiresAt) {
        bus.publish(outgoing(topic, message, true, expiresAt));
    }

    /** Says what happened, once. @param settled told once whether it was acknowledged or became too old */
    public <T> void publishOnce(Topic<T> topic, T message, Instant expiresAt, Consumer<Boolean> settled) {
        bus.publish(outgoing(topic, message, false, expiresAt), settled);
    }

    /**
     * Listens to a state of another node that lives for a while. Its age is known, or it is not listened to: one out of
     * the broker's store that does not say how old it is may be from last year.
     */
    public <T> void onState(String otherNode, Topic<T> topic, Consumer<Received<T>> listener) {
        Subscription subscription = new Subscription(topic.of(prefix, otherNode), topic.qos(), false);
        PayloadCodec.CheckedReader<byte[], T> reader = bytes -> topic.codec().read(Decoder.decode(bytes));
        bus.subscribe(subscription, incoming -> receiveState(reader, incoming, listener), Duration.ZERO);
    }

    /**
     * Listens to a topic of somebody else's, who knows nothing of ours: with QoS 0, or the broker would hand over as new
     * what waited for us while we were away. One out of its store is not listened to, as by {@link #onState}.
     *
     * @param topic  all of it, as it stands on the wire
     * @param reader of the text
     */
    public <T> void onForeign(
            String topic, PayloadCodec.CheckedReader<String, T> reader, Consumer<Received<T>> listener) {
        Subscription subscription = new Subscription(topic, 0, false);
        bus.subscribe(
                subscription,
                incoming -> receiveState(bytes -> reader.apply(Decoder.text(bytes)), incoming, listener),
                Duration.ZERO);
    }

    /** Says what is so on a topic that is not the house's, for all to know. @param text empty for nothing any more */
    public void publishRetained(String topic, String text) {
        bus.publish(new Outgoing(topic, text.getBytes(StandardCharsets.UTF_8), 1, true, Instant.MAX));
    }

    /** Says something once on a topic that is not the house's. */
    public void publishOnce(String topic, String text) {
        bus.publish(new Outgoing(topic, text.getBytes(StandardCharsets.UTF_8), 1, false, Instant.MAX));
    }

    /** Says once more all that is so. */
    public void republishAll() {
        bus.republishAll();
    }

    /** Listens to commands to this node, of those whose commands it obeys. */
    public <T> void onCommand(Topic<T> topic, Consumer<Command<T>> listener) {
        onCommand(topic, policy, listener);
    }

    /** Listens to anybody's commands: to such as a broker could do no more harm with than by keeping messages back. */
    public <T> void onUnsignedCommand(Topic<T> topic, Consumer<Command<T>> listener) {
        onCommand(topic, CommandPolicy.ALLOW_ALL, listener);
    }

    private <T> void onCommand(Topic<T> topic, CommandPolicy policy, Consumer<Command<T>> listener) {
        Subscription subscription = new Subscription(topic.of(prefix, node), topic.qos(), true);
        bus.subscribe(subscription, incoming -> receiveCommand(topic, policy, incoming, listener), Duration.ZERO);
    }

    /** The node's name. */
    public String node() {
        return node;
    }

    /** Commands answered or counted as rejected here, since the start. */
    public synchronized long rejected() {
        return rejected;
    }

    public Bus.Counts counts() {
        return bus.counts();
    }

    private <T> void receiveState(
            PayloadCodec.CheckedReader<byte[], T> reader, Incoming incoming, Consumer<Received<T>> listener) {
        boolean ageKnown = incoming.lifetimeS() >= incoming.remainingS() && incoming.remainingS() != Incoming.ABSENT;
        if (incoming.payload().length == 0 || (incoming.retained() && !ageKnown)) {
            return;
        }
        Duration age = ageKnown
                ? timeScale.toSimulated(Duration.ofSeconds(incoming.lifetimeS() - incoming.remainingS()))
                : Duration.ZERO;
        try {
            listener.accept(new Received<>(reader.apply(incoming.payload()), age));
        } catch (Malformed e) {
            Logger.debug("{}: {}", incoming.topic(), e.reason());
        }
    }

    private <T> void receiveCommand(
            Topic<T> topic, CommandPolicy policy, Incoming incoming, Consumer<Command<T>> listener) {
        if (incoming.payload().length == 0) {
            return; // No command: it is how a retained one is deleted.
        }
        String id = "";
        try {
            Payload payload = Decoder.decode(incoming.payload());
            id = Command.idOf(payload);
            if (incoming.retained()) {
                throw new Malformed("commands must not be retained: send it without the retain flag");
            }
            listener.accept(policy.authorize(topic.of(prefix, node), topic, payload, expiryOf(incoming)));
        } catch (Malformed e) {
            reject(topic, id, Outcome.REJECTED, e.reason());
        } catch (CommandRefused e) {
            reject(topic, id, e.outcome(), e.reason());
        }
    }

    /** A command with a life of its own ends with it; one without is as good as any is. */
    private Instant expiryOf(Incoming incoming) {
        Duration left = timeScale.toSimulated(Duration.ofSeconds(Math.max(0, incoming.remainingS())));
        boolean sooner = incoming.remainingS() != Incoming.ABSENT && left.compareTo(Command.LIFETIME) < 0;
        return clock.instant().plus(sooner ? left : Command.LIFETIME);
    }

    private synchronized void reject(Topic<?> topic, String id, Outcome outcome, String reason) {
        rejected++;
        Instant now = clock.instant();
        if (resultLimiter.tryAcquire(now)) {
            Result result = new Result(topic.name(), id, outcome, reason);
            publishOnce(Result.TOPIC, result, now.plus(Command.LIFETIME), settled -> {});
        }
    }

    private <T> Outgoing outgoing(Topic<T> topic, T message, boolean retained, Instant expiresAt) {
        return new Outgoing(topic.of(prefix, node), encode(topic, message), topic.qos(), retained, expiresAt);
    }

    private static <T> byte[] encode(Topic<T> topic, T message) {
        Payload payload = topic.codec().write(message);
        String text = payload instanceof Payload.Fields fields
                ? Json.write(fields)
                : payload instanceof Payload.Text plain ? plain.text() : payload.toString();
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
