package hearth.proving;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.coffee.CoffeeNode;
import hearth.common.mqtt.Bus;
import hearth.common.mqtt.Incoming;
import hearth.common.mqtt.Subscription;
import hearth.common.runtime.NodeType;
import hearth.testkit.VirtualNodes;
import hearth.testkit.bus.CommandSigner;
import hearth.thermostat.ThermostatNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Commands that a node rejects, each sent to a real node in virtual time, with its result. */
final class CommandRejections {

    private static final String PRESS = "PRESS";
    private static final String NUMBER = "send a plain number, such as 21.0";
    private static final String NO_PAYLOAD = "nothing: the brew was cancelled on request";

    /**
     * @param sent   the command as the document shows it
     * @param answer the message on {@code <node>/result}
     * @param remedy what the sender can do
     */
    record CommandRejection(String topic, String sent, String answer, String remedy) {}

    private final Path folder;
    private final List<CommandRejection> all = new ArrayList<>();

    private CommandRejections(Path folder) {
        this.folder = folder;
    }

    /** @param folder must be empty */
    static List<CommandRejection> all(Path folder) throws IOException {
        CommandRejections refusals = new CommandRejections(folder);
        refusals.malformed();
        refusals.outOfBounds();
        refusals.whileBrewing();
        refusals.brewNotPossible();
        refusals.brewNotSavable();
        refusals.wrongSignature();
        return refusals.all;
    }

    private void malformed() {
        SingleNodeRig owner = new SingleNodeRig(new ThermostatNode(), "airco", "airco.heat.gpio = 17");
        owner.addRejection("target/set", "NaN", NUMBER);
        owner.addRejection("target/set", "69.8", "send °C, not °F");
        owner.addRejection("target/set", "20.3", "send 20.0 or 20.5");
        owner.addRejection("mode/set", "dry", "send one of the values in the result");
        owner.addRejection("reset/set", "please", "send `PRESS`");
        owner.addRejection("target/set", "{\"id\":\"a1\"}", "add a `value`");
        owner.addRejection(
                "target/set", "{\"id\":\"a 1\",\"value\":21.0}", "use another id, such as a counter or a random word");
        owner.addRejection(
                "target/set", "{\"id\":\"a1\",\"value\":21.0,\"when\":\"now\"}", "send only `id` and `value`");
        owner.addRejection("target/set", "{\"id\":\"a1\",\"value\":21.0", "send complete JSON");
        owner.addRejection("target/set", "bytes that are not UTF-8 text", bytes(0xff, 0xfe), "send UTF-8");
        owner.addRejection("target/set", "5000 bytes", new byte[5000], NUMBER);
        owner.addRejectionAfter(
                "target/set",
                "`21.0`, retained",
                "use `mosquitto_pub` without `-r`; an empty message with `-r` deletes the retained one",
                () -> owner.publish("target/set", bytes("21.0"), true));
    }

    private void outOfBounds() {
        SingleNodeRig owner = new SingleNodeRig(new ThermostatNode(), "airco", "airco.heat.gpio = 17");
        owner.publish("target/set", bytes("{\"id\":\"a1\",\"value\":21.0}"), false);
        owner.addRejection("target/set", "{\"id\":\"a1\",\"value\":22.0}", "use a new id for each new command");
        owner.addRejection("mode/set", "cool", "wire a cooling relay and set `airco.cool.gpio`");
    }

    private void whileBrewing() {
        SingleNodeRig owner = new SingleNodeRig(new CoffeeNode(), "coffee", "coffee.gpio = 22", "coffee.per-day = 2");
        owner.press("brew/set");
        owner.addRejection("brew/set", PRESS, "wait until the brew is ready");
        owner.addRejectionAfter("brew/set", "`PRESS`, then `cancel/set`", NO_PAYLOAD, () -> owner.press("cancel/set"));
        owner.addRejection("brew/set", PRESS, "wait, or set a shorter `coffee.lock-out`");
        owner.advance(Duration.ofMinutes(10));
        owner.press("brew/set");
        owner.addRejectionAfter(
                "brew/set",
                "`PRESS`, then a power cut",
                "check whether the cup is full before you send it again",
                owner::powerCut);
        owner.advance(Duration.ofMinutes(10));
        owner.addRejection("brew/set", PRESS, "wait, or set a higher `coffee.per-day`");
    }

    private void brewNotPossible() {
        coffee("coffee.quiet-hours = 07:00-09:00")
                .addRejection("brew/set", PRESS, "wait, or set other `coffee.quiet-hours`");
        coffee("coffee.cup.gpio = 23").addRejection("brew/set", PRESS, "put a cup in its place; check the cup contact");
        coffee("coffee.water.gpio = 24").addRejection("brew/set", PRESS, "fill the tank; check the water contact");
    }

    /** A file instead of the folder: as on a full disk, no state can be saved. */
    private void brewNotSavable() throws IOException {
        Path disk = Files.writeString(folder.resolve("full"), "no folder");
        new SingleNodeRig(disk, new CoffeeNode(), "coffee", "coffee.gpio = 22")
                .addRejection(
                        "brew/set",
                        PRESS,
                        "as for the fault `storage`: the node must save each brew before it starts, else a power cut could"
                                + " cause a second cup");
    }

    private void wrongSignature() {
        CommandSigner signer = new CommandSigner();
        String topic = "target/set";
        String both = "check `timedatectl` on both machines";
        VirtualNodes knowing = new VirtualNodes(folder.resolve("signed")).authorizing(signer.key());
        SingleNodeRig owner = new SingleNodeRig(knowing, new ThermostatNode(), "airco", "airco.heat.gpio = 17");
        Instant now = knowing.now();
        owner.addRejection(topic, "21.0", "use `hearth-sign`, or remove `commands.key` from the node");
        owner.addRejection(
                topic,
                "signed by a key that is not in `commands.key`, or for another topic",
                signed(new CommandSigner(), now.plusSeconds(600)),
                "use the private key of a public key in `commands.key`; sign the whole topic, with prefix and node");
        owner.addRejection(
                topic,
                "signed, delivered after its expiry",
                signed(signer, now),
                both + "; sign with a longer `--for`");
        owner.addRejection(topic, "signed for an hour", signed(signer, now.plusSeconds(3600)), both);
        VirtualNodes unknowing = new VirtualNodes(folder.resolve("unsynced"))
                .authorizing(signer.key())
                .withoutWallClock();
        new SingleNodeRig(unknowing, new ThermostatNode(), "airco", "airco.heat.gpio = 17")
                .addRejection(
                        topic,
                        "signed, to a Pi whose clock is not synchronised",
                        signed(signer, now.plusSeconds(60)),
                        "check `timedatectl` on the Pi; it needs a network connection to a time server");
    }

    private static byte[] signed(CommandSigner signer, Instant expires) {
        return bytes(signer.command("home/airco/target/set", "a1", "21.0", expires));
    }

    private SingleNodeRig coffee(String setting) {
        return new SingleNodeRig(new CoffeeNode(), "coffee", "coffee.gpio = 22", setting);
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** One node, and a client that sends commands and receives the results. */
    private final class SingleNodeRig {

        private final VirtualNodes nodes;
        private final NodeType<?> nodeType;
        private final String node;
        private final String[] settings;
        private final List<String> results = new ArrayList<>();

        SingleNodeRig(NodeType<?> nodeType, String node, String... settings) {
            this(folder.resolve("house" + all.size()), nodeType, node, settings);
        }

        SingleNodeRig(Path stateFolder, NodeType<?> nodeType, String node, String... settings) {
            this(new VirtualNodes(stateFolder), nodeType, node, settings);
        }

        SingleNodeRig(VirtualNodes nodes, NodeType<?> nodeType, String node, String... settings) {
            this.nodes = nodes;
            this.nodeType = nodeType;
            this.node = node;
            this.settings = settings;
            Bus listener = nodes.broker().bus("owner", "home/owner/status");
            Subscription answers = new Subscription("home/" + node + "/result", 1, false);
            listener.subscribe(
                    answers,
                    message -> results.add(new String(message.payload(), StandardCharsets.UTF_8)),
                    Duration.ZERO);
            listener.connect(Duration.ZERO);
            nodes.start(nodeType, node, settings);
        }

        void press(String topic) {
            publish(topic, bytes(PRESS), false);
        }

        void addRejection(String topic, String sent, String remedy) {
            addRejection(topic, "`" + sent + "`", bytes(sent), remedy);
        }

        void addRejection(String topic, String described, byte[] sent, String remedy) {
            addRejectionAfter(topic, described, remedy, () -> publish(topic, sent, false));
        }

        void addRejectionAfter(String topic, String sent, String remedy, Runnable event) {
            results.clear();
            event.run();
            List<String> refusals = results.stream()
                    .filter(answer -> answer.contains("\"command\":\"" + topic + "\"") && !answer.contains("\"done\""))
                    .toList();
            assertThat(refusals).as("%s %s: received %s", topic, sent, results).hasSize(1);
            all.add(new CommandRejection(node + "/" + topic, sent, refusals.get(0), remedy));
        }

        void powerCut() {
            nodes.powerCut(node);
            nodes.start(nodeType, node, settings);
            advance(Duration.ofSeconds(5));
        }

        void advance(Duration time) {
            nodes.advance(time);
        }

        void publish(String topic, byte[] payload, boolean retained) {
            String to = "home/" + node + "/" + topic;
            nodes.broker().publish(new Incoming(to, payload, retained, Incoming.ABSENT, Incoming.ABSENT), 1);
            advance(Duration.ofMinutes(1)); // A result may take this long when the node waits for the disk.
        }
    }
}
