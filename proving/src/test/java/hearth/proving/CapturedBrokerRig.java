package hearth.proving;

import static java.nio.charset.StandardCharsets.UTF_8;

import hearth.common.mqtt.Bus;
import hearth.common.mqtt.Incoming;
import hearth.common.mqtt.Subscription;
import hearth.common.runtime.NodeType;
import hearth.testkit.MemoryHal;
import hearth.testkit.MemoryStorage;
import hearth.testkit.VirtualNodes;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Nodes in virtual time on a broker that an attacker controls: it delivers every message that a test gives it. */
final class CapturedBrokerRig {

    private final VirtualNodes nodes = new VirtualNodes(new MemoryStorage());

    <C> MemoryHal start(NodeType<C> nodeType, String name, String... settings) {
        return nodes.start(nodeType, name, settings);
    }

    /** Whoever is started from now on obeys this one alone. */
    void authorizeOnly(PublicKey owner) {
        nodes.authorizing(owner);
    }

    void powerCut(String name) {
        nodes.powerCut(name);
    }

    /** The broker hangs up on that node. */
    void disconnect(String name) {
        nodes.broker().cut(name);
    }

    void advance(Duration time) {
        nodes.advance(time);
    }

    Instant now() {
        return nodes.now();
    }

    void deliver(Incoming message, int qos) {
        nodes.broker().publish(message, qos);
    }

    /** @param topic without the house's prefix */
    void publish(String topic, String text) {
        deliver(message(topic, text), 1);
    }

    /** As somebody says it who knows of no lives. @param topic without the house's prefix */
    static Incoming message(String topic, String text) {
        return new Incoming("home/" + topic, text.getBytes(UTF_8), false, Incoming.ABSENT, Incoming.ABSENT);
    }

    /** What is said there from now on, and first what is in store. */
    List<String> collect(String topic) {
        List<String> heard = new ArrayList<>();
        Bus ear = nodes.broker().bus("ear of " + topic, "home/ear/status");
        ear.connect(Duration.ZERO);
        ear.subscribe(
                new Subscription("home/" + topic, 1, true),
                message -> heard.add(new String(message.payload(), UTF_8)),
                Duration.ZERO);
        nodes.advance(Duration.ZERO);
        return heard;
    }

    /** What is in store there. */
    Optional<String> stored(String topic) {
        return nodes.broker().stored("home/" + topic).map(message -> new String(message.payload(), UTF_8));
    }
}
