package hearth.testkit.bus;

import hearth.common.core.CommandLog;
import hearth.common.core.Effect.Announce;
import hearth.common.message.Command;
import hearth.common.message.PayloadCodec;
import hearth.common.message.Result;
import hearth.common.message.Result.Outcome;
import hearth.common.message.Topic;
import hearth.common.mqtt.Bus;
import hearth.common.mqtt.NodeBus;
import hearth.common.value.TimeScale;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A minimal node with two command topics. It executes each id once and publishes results like a real node. */
public final class MinimalNode {

    public static final Topic<Double> QOS1_COMMAND = Topic.command("c1", 1, PayloadCodec.NUMBER, "a test's");
    public static final Topic<Double> QOS2_COMMAND = Topic.command("c2", 2, PayloadCodec.NUMBER, "a test's");

    private final InstantSource clock;
    private final NodeBus nodeBus;
    private CommandLog commandLog = CommandLog.EMPTY; // Guarded by this, as are the lists.
    private final List<String> receivedIds = new ArrayList<>();
    private final List<String> executedIds = new ArrayList<>();
    private final List<String> settled = new ArrayList<>();

    public MinimalNode(Bus bus, String name, InstantSource clock) {
        this.clock = clock;
        this.nodeBus = new NodeBus(bus, ReferenceClient.PREFIX, name, clock, TimeScale.REAL_TIME);
        nodeBus.onCommand(QOS1_COMMAND, this::act);
        nodeBus.onCommand(QOS2_COMMAND, this::act);
    }

    public void publishState(String topic, int qos, String text) {
        nodeBus.publishRetained(Topic.state(topic, qos, PayloadCodec.TEXT, "a test's"), text, Instant.MAX);
    }

    public void announce(String topic, int qos, String text, Instant expiresAt) {
        nodeBus.publishOnce(
                Topic.announcement(topic, qos, PayloadCodec.TEXT, "a test's"),
                text,
                expiresAt,
                delivered -> addSettled(topic + " " + delivered));
    }

    /** The ids of all received commands, including repeats. */
    public synchronized List<String> receivedIds() {
        return List.copyOf(receivedIds);
    }

    /** The ids of executed commands, once per execution. */
    public synchronized List<String> executedIds() {
        return List.copyOf(executedIds);
    }

    /** The outcomes of its announcements, as {@code "a1 true"}. */
    public synchronized List<String> settled() {
        return List.copyOf(settled);
    }

    private void act(Command<Double> command) {
        Announce<Result> result;
        synchronized (this) {
            receivedIds.add(command.id());
            Optional<CommandLog> rejected = commandLog.rejectRepeatedOrExpired(command, clock.instant());
            if (rejected.isPresent()) {
                commandLog = rejected.get();
                return;
            }
            executedIds.add(command.id());
            commandLog = commandLog.withCommand(command).withResult(command, Outcome.DONE, "", clock.instant());
            result = commandLog.pendingResults().get(commandLog.pendingResults().size() - 1);
        }
        nodeBus.publishOnce(Result.TOPIC, result.message(), result.expiresAt(), delivered -> settled(result.id()));
    }

    private synchronized void settled(String result) {
        commandLog = commandLog.withoutResult(result);
    }

    private synchronized void addSettled(String entry) {
        settled.add(entry);
    }
}
