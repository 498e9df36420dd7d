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
 * A node's view of the bus: typed topics, on top of a {@link Bus} that carries bytes.
 *
 * <p>Malformed, wrongly retained and expired messages are rejected here. For a rejected command, the node publishes a
 * {@code result} with the reason: at most ten at once, then one every six seconds. Further ones are only counted.
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

    /** For a node that accepts unsigned commands. */
    public NodeBus(Bus bus, String prefix, String node, InstantSource clock, TimeScale timeScale) {
        this(bus, prefix, node, clock, timeScale, CommandPolicy.ALLOW_ALL);
    }

    /** @param policy decides which commands the node accepts */
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

    /** Publishes a retained state. */
    public <T> void publishRetained(Topic<T> topic, T message, Instant expiresAt) {
        bus.publish(outgoing(topic, message, true, expiresAt));
    }

    /** Publishes an event once. @param settled called once: true when acknowledged, false when expired or dropped */
    public <T> void publishOnce(Topic<T> topic, T message, Instant expiresAt, Consumer<Boolean> settled) {
        bus.publish(outgoing(topic, message, false, expiresAt), settled);
    }

    /**
     * Subscribes to a state of another node that has a message expiry. A retained message without a known age is
     * ignored, because it may be a year old.
     */
    public <T> void onState(String otherNode, Topic<T> topic, Consumer<Received<T>> listener) {
        Subscription subscription = new Subscription(topic.of(prefix, otherNode), topic.qos(), false);
        PayloadCodec.CheckedReader<byte[], T> reader = bytes -> topic.codec().read(Decoder.decode(bytes));
        bus.subscribe(subscription, incoming -> receiveState(reader, incoming, listener), Duration.ZERO);
    }

    /**
     * Subscribes to a topic of another program, which does not know Hearth's message format. It uses QoS 0: otherwise
     * the broker would deliver old messages from the session as if they were new. Retained messages without a known age
     * are ignored, as in {@link #onState}.
     *
     * @param topic  the complete topic
     * @param reader converts the text
     */
    public <T> void onForeign(
            String topic, PayloadCodec.CheckedReader<String, T> reader, Consumer<Received<T>> listener) {
        Subscription subscription = new Subscription(topic, 0, false);
        bus.subscribe(
                subscription,
                incoming -> receiveState(bytes -> reader.apply(Decoder.text(bytes)), incoming, listener),
                Duration.ZERO);
    }

    /** Publishes a retained message on a topic outside of Hearth's topics. @param text empty to delete the message */
    public void publishRetained(String topic, String text) {
        bus.publish(new Outgoing(topic, text.getBytes(StandardCharsets.UTF_8), 1, true, Instant.MAX));
    }

    /** Publishes once on a topic outside of Hearth's topics. */
    public void publishOnce(String topic, String text) {
        bus.publish(new Outgoing(topic, text.getBytes(StandardCharsets.UTF_8), 1, false, Instant.MAX));
    }

    /** Publishes all retained states again. */
    public void republishAll() {
        bus.republishAll();
    }

    /** Subscribes to a command of this node; the node's policy decides which are accepted. */
    public <T> void onCommand(Topic<T> topic, Consumer<Command<T>> listener) {
        onCommand(topic, policy, listener);
    }

    /** Subscribes to a command that needs no signature, because a malicious broker gains nothing from sending it. */
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

    /** Number of commands rejected here since the start. */
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
            return; // Not a command: an empty payload deletes a retained one.
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

    /** The command's own message expiry, at most {@link Command#LIFETIME}. */
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
