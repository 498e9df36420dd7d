package hearth.common.mqtt;

import hearth.common.core.Docket;
import hearth.common.core.Effect.Announce;
import hearth.common.message.Command;
import hearth.common.message.Result;
import hearth.common.message.Result.Outcome;
import hearth.common.message.Shape;
import hearth.common.message.Topic;
import hearth.common.value.Pace;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A node in small. It obeys two topics, each command once by its id, and answers as a node does. */
final class Device {

    static final Topic<Double> ASKED_ONCE = Topic.command("c1", 1, Shape.NUMBER, "a test's");
    static final Topic<Double> ASKED_TWICE = Topic.command("c2", 2, Shape.NUMBER, "a test's");

    private final InstantSource clock;
    private final Conversation conversation;
    private Docket docket = Docket.EMPTY; // Guarded by this, as are the lists.
    private final List<String> arrivals = new ArrayList<>();
    private final List<String> effects = new ArrayList<>();
    private final List<String> settled = new ArrayList<>();

    Device(Bus bus, String name, InstantSource clock) {
        this.clock = clock;
        this.conversation = new Conversation(bus, Witness.PREFIX, name, clock, Pace.REAL);
        conversation.obey(ASKED_ONCE, this::act);
        conversation.obey(ASKED_TWICE, this::act);
    }

    void say(String topic, int qos, String text) {
        conversation.publish(Topic.state(topic, qos, Shape.TEXT, "a test's"), text, Instant.MAX);
    }

    void announce(String topic, int qos, String text, Instant until) {
        conversation.announce(
                Topic.announcement(topic, qos, Shape.TEXT, "a test's"),
                text,
                until,
                delivered -> settle(topic + " " + delivered));
    }

    /** The ids of all commands that came, repeats too. */
    synchronized List<String> arrivals() {
        return List.copyOf(arrivals);
    }

    /** The ids of the commands that were carried out, as often as they were. */
    synchronized List<String> effects() {
        return List.copyOf(effects);
    }

    /** What it was told of its announcements, as {@code "a1 true"}. */
    synchronized List<String> settled() {
        return List.copyOf(settled);
    }

    private void act(Command<Double> command) {
        Announce<Result> answer;
        synchronized (this) {
            arrivals.add(command.id());
            Optional<Docket> turnedAway = docket.turnedAway(command, clock.instant());
            if (turnedAway.isPresent()) {
                docket = turnedAway.get();
                return;
            }
            effects.add(command.id());
            docket = docket.with(command).answered(command, Outcome.DONE, "", clock.instant());
            answer = docket.owed().get(docket.owed().size() - 1);
        }
        conversation.announce(Result.TOPIC, answer.message(), answer.until(), delivered -> settled(answer.id()));
    }

    private synchronized void settled(String answer) {
        docket = docket.settled(answer);
    }

    private synchronized void settle(String what) {
        settled.add(what);
    }
}
