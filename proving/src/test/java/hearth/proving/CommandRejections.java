package hearth.proving;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.coffee.CoffeeNode;
import hearth.common.mqtt.Bus;
import hearth.common.mqtt.Incoming;
import hearth.common.mqtt.Subscription;
import hearth.common.runtime.NodeType;
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

/** Commands that are not obeyed, each sent to a real node in virtual time, with the answer that it gave. */
final class CommandRejections {

private static final String PRESS = "PRESS";
private static final String NUMBER = "a plain number, such as 21.0";
private static final String NO_PAYLOAD = "nothing: somebody wanted it so";

/**
     * @param sent   in the document's words
     * @param answer as it came on {@code <node>/result}
     * @param remedy what whoever sent it can do
     */
record CommandRejection(String topic, String sent, String answer, String remedy) {}

private final Path folder;
private final List<CommandRejection> all = new ArrayList<>();

private CommandRejections(Path folder) {
this.folder = folder;
}

/** @param folder an empty one */
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
owner.addRejection("target/set", "69.8", "°C, not °F");
owner.addRejection("target/set", "20.3", "20.0 or 20.5");
owner.addRejection("mode/set", "dry", "one of those it names");
owner.addRejection("reset/set", "please", "a button is pressed with `PRESS`");
owner.addRejection("target/set", "{\"id\":\"a1\"}", "a command in JSON has a `value`");
owner.addRejection("target/set", "{\"id\":\"a 1\",\"value\":21.0}", "another id: a counter, a random word");
owner.addRejection(
"target/set", "{\"id\":\"a1\",\"value\":21.0,\"when\":\"now\"}", "`id` and `value`, no more");
owner.addRejection("target/set", "{\"id\":\"a1\",\"value\":21.0", "JSON that is whole");
owner.addRejection("target/set", "bytes that are no text", bytes(0xff, 0xfe), "UTF-8");
owner.addRejection("target/set", "5000 bytes", new byte[5000], NUMBER);
owner.addRejectionAfter(
"target/set",
"`21.0`, retained",
"`mosquitto_pub` without `-r`; an empty message" + " with `-r` deletes the one in store",
() -> owner.publish("target/set", bytes("21.0"), true));
}

private void outOfBounds() {
SingleNodeRig owner = new SingleNodeRig(new ThermostatNode(), "airco", "airco.heat.gpio = 17");
owner.publish("target/set", bytes("{\"id\":\"a1\",\"value\":21.0}"), false);
owner.addRejection("target/set", "{\"id\":\"a1\",\"value\":22.0}", "a new id for a new command");
owner.addRejection("mode/set", "cool", "wire one and set `airco.cool.gpio`");
}

private void whileBrewing() {
SingleNodeRig owner = new SingleNodeRig(new CoffeeNode(), "coffee", "coffee.gpio = 22", "coffee.per-day = 2");
owner.press("brew/set");
owner.addRejection("brew/set", PRESS, "wait for it");
owner.addRejectionAfter(
"brew/set", "`PRESS`, and then `cancel/set`", NO_PAYLOAD, () -> owner.press("cancel/set"));
owner.addRejection("brew/set", PRESS, "wait, or a shorter `coffee.lock-out`");
owner.advance(Duration.ofMinutes(10));
owner.press("brew/set");
owner.addRejectionAfter(
"brew/set", "`PRESS`, and then a power cut", "look into the cup before you ask again", owner::powerCut);
owner.advance(Duration.ofMinutes(10));
owner.addRejection("brew/set", PRESS, "wait, or a higher `coffee.per-day`");
}

private void brewNotPossible() {
coffee("coffee.quiet-hours = 07:00-09:00")
.addRejection("brew/set", PRESS, "wait, or other `coffee.quiet-hours`");
coffee("coffee.cup.gpio = 23").addRejection("brew/set", PRESS, "put one there; look at its contact");
coffee("coffee.water.gpio = 24").addRejection("brew/set", PRESS, "fill it; look at its contact");
}

/** A file in the place of the folder: as on a disk that is full, nothing can be noted. */
private void brewNotSavable() throws IOException {
Path disk = Files.writeString(folder.resolve("full"), "no folder");
new SingleNodeRig(disk, new CoffeeNode(), "coffee", "coffee.gpio = 22")
.addRejection(
"brew/set",
PRESS,
"as for the fault `storage`: without a note a power cut could mean two cups");
}

private void wrongSignature() {
CommandSigner signer = new CommandSigner();
String topic = "target/set";
String both = "`timedatectl` on both machines";
VirtualNodes knowing = new VirtualNodes(folder.resolve("signed")).authorizing(signer.key());
SingleNodeRig owner = new SingleNodeRig(knowing, new ThermostatNode(), "airco", "airco.heat.gpio = 17");
Instant now = knowing.now();
owner.addRejection(topic, "21.0", "`hearth-sign`, or a node without `commands.key`");
owner.addRejection(
topic,
"signed by a key that is not in `commands.key`, or for another topic",
signed(new CommandSigner(), now.plusSeconds(600)),
"the key that goes with its `commands.key`; the whole topic, with house and node");
owner.addRejection(topic, "signed, and late", signed(signer, now), both + "; a longer `--for`");
owner.addRejection(topic, "signed for an hour", signed(signer, now.plusSeconds(3600)), both);
VirtualNodes unknowing = new VirtualNodes(folder.resolve("unsynced"))
.authorizing(signer.key())
.withoutWallClock();
new SingleNodeRig(unknowing, new ThermostatNode(), "airco", "airco.heat.gpio = 17")
.addRejection(
topic,
"signed, to a machine that does not know the time",
signed(signer, now.plusSeconds(60)),
"`timedatectl` there; without a network it has to wait for one");
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

/** Somebody with a house of one node, who hears its answers. */
private final class SingleNodeRig {

private final VirtualNodes nodes;
private final NodeType<?> nodeType;
private final String node;
private final String[] settings;
private final List<String> results = new ArrayList<>();

SingleNodeRig(NodeType<?> nodeType, String node, String... settings) {
this(folder.resolve("house" + all.size()), nodeType, node, settings);
}

SingleNodeRig(Path memories, NodeType<?> nodeType, String node, String... settings) {
this(new VirtualNodes(memories), nodeType, node, settings);
}

SingleNodeRig(VirtualNodes house, NodeType<?> nodeType, String node, String... settings) {
this.nodes = house;
this.nodeType = nodeType;
this.node = node;
this.settings = settings;
Bus ear = house.broker().bus("owner", "home/owner/status");
Subscription answers = new Subscription("home/" + node + "/result", 1, false);
ear.subscribe(
answers,
message -> results.add(new String(message.payload(), StandardCharsets.UTF_8)),
Duration.ZERO);
ear.connect(Duration.ZERO);
house.start(nodeType, node, settings);
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
assertThat(refusals)
.as("%s %s: all heard is %s", topic, sent, results)
.hasSize(1);
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
advance(Duration.ofMinutes(1)); // So long an answer may take, as when the disk is waited for.
}
}
}
