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

/** Nodes in virtual time with a broker that an attacker controls: the test sends any message through it. */
final class CapturedBrokerRig {

    private final VirtualNodes nodes = new VirtualNodes(new MemoryStorage());

    <C> MemoryHal start(NodeType<C> nodeType, String name, String... settings) {
        return nodes.start(nodeType, name, settings);
    }

    /** Nodes that start after this accept only commands signed with this key. */
    void authorizeOnly(PublicKey owner) {
        nodes.authorizing(owner);
    }

    void powerCut(String name) {
        nodes.powerCut(name);
    }

    /** The broker closes the connection of the node. */
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

    /** @param topic without the prefix */
    void publish(String topic, String text) {
        deliver(message(topic, text), 1);
    }

    /** A message without a message expiry. @param topic without the prefix */
    static Incoming message(String topic, String text) {
        return new Incoming("home/" + topic, text.getBytes(UTF_8), false, Incoming.ABSENT, Incoming.ABSENT);
    }

    /** Collects the retained message of the topic, and every message from now on. */
    List<String> collect(String topic) {
        List<String> received = new ArrayList<>();
        Bus listener = nodes.broker().bus("listener of " + topic, "home/listener/status");
        listener.connect(Duration.ZERO);
        listener.subscribe(
                new Subscription("home/" + topic, 1, true),
                message -> received.add(new String(message.payload(), UTF_8)),
                Duration.ZERO);
        nodes.advance(Duration.ZERO);
        return received;
    }

    /** The retained payload of the topic. */
    Optional<String> stored(String topic) {
        return nodes.broker().stored("home/" + topic).map(message -> new String(message.payload(), UTF_8));
    }
}
