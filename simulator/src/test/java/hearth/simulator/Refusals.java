package hearth.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.coffee.CoffeeNode;
import hearth.common.mqtt.Bus;
import hearth.common.mqtt.Incoming;
import hearth.common.mqtt.Signer;
import hearth.common.mqtt.Subscription;
import hearth.common.runtime.Device;
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
final class Refusals {

    private static final String PRESS = "PRESS";
    private static final String NUMBER = "a plain number, such as 21.0";
    private static final String NOTHING = "nothing: somebody wanted it so";

    /**
     * @param sent   in the document's words
     * @param answer as it came on {@code <node>/result}
     * @param remedy what whoever sent it can do
     */
    record Refusal(String topic, String sent, String answer, String remedy) {}

    private final Path folder;
    private final List<Refusal> all = new ArrayList<>();

    private Refusals(Path folder) {
        this.folder = folder;
    }

    /** @param folder an empty one */
    static List<Refusal> all(Path folder) throws IOException {
        Refusals refusals = new Refusals(folder);
        refusals.ofWhatIsNoCommand();
        refusals.ofACommandThatDoesNotFit();
        refusals.whileItBrews();
        refusals.ofABrewThatCannotBe();
        refusals.ofABrewThatTheMemoryCannotHold();
        refusals.ofWhatIsNotSignedAsItShouldBe();
        return refusals.all;
    }

    private void ofWhatIsNoCommand() {
        Owner owner = new Owner(new ThermostatNode(), "airco", "airco.heat.gpio = 17");
        owner.refused("target/set", "NaN", NUMBER);
        owner.refused("target/set", "69.8", "°C, not °F");
        owner.refused("target/set", "20.3", "20.0 or 20.5");
        owner.refused("mode/set", "dry", "one of those it names");
        owner.refused("reset/set", "please", "a button is pressed with `PRESS`");
        owner.refused("target/set", "{\"id\":\"a1\"}", "a command in JSON has a `value`");
        owner.refused("target/set", "{\"id\":\"a 1\",\"value\":21.0}", "another id: a counter, a random word");
        owner.refused("target/set", "{\"id\":\"a1\",\"value\":21.0,\"when\":\"now\"}", "`id` and `value`, no more");
        owner.refused("target/set", "{\"id\":\"a1\",\"value\":21.0", "JSON that is whole");
        owner.refused("target/set", "bytes that are no text", bytes(0xff, 0xfe), "UTF-8");
        owner.refused("target/set", "5000 bytes", new byte[5000], NUMBER);
        owner.refusedWhen(
                "target/set",
                "`21.0`, retained",
                "`mosquitto_pub` without `-r`; an empty message" + " with `-r` deletes the one in store",
                () -> owner.say("target/set", bytes("21.0"), true));
    }

    private void ofACommandThatDoesNotFit() {
        Owner owner = new Owner(new ThermostatNode(), "airco", "airco.heat.gpio = 17");
        owner.say("target/set", bytes("{\"id\":\"a1\",\"value\":21.0}"), false);
        owner.refused("target/set", "{\"id\":\"a1\",\"value\":22.0}", "a new id for a new command");
        owner.refused("mode/set", "cool", "wire one and set `airco.cool.gpio`");
    }

    private void whileItBrews() {
        Owner owner = new Owner(new CoffeeNode(), "coffee", "coffee.gpio = 22", "coffee.per-day = 2");
        owner.press("brew/set");
        owner.refused("brew/set", PRESS, "wait for it");
        owner.refusedWhen("brew/set", "`PRESS`, and then `cancel/set`", NOTHING, () -> owner.press("cancel/set"));
        owner.refused("brew/set", PRESS, "wait, or a shorter `coffee.lock-out`");
        owner.waits(Duration.ofMinutes(10));
        owner.press("brew/set");
        owner.refusedWhen(
                "brew/set", "`PRESS`, and then a power cut", "look into the cup before you ask again", owner::powerCut);
        owner.waits(Duration.ofMinutes(10));
        owner.refused("brew/set", PRESS, "wait, or a higher `coffee.per-day`");
    }

    private void ofABrewThatCannotBe() {
        coffee("coffee.quiet-hours = 07:00-09:00").refused("brew/set", PRESS, "wait, or other `coffee.quiet-hours`");
        coffee("coffee.cup.gpio = 23").refused("brew/set", PRESS, "put one there; look at its contact");
        coffee("coffee.water.gpio = 24").refused("brew/set", PRESS, "fill it; look at its contact");
    }

    /** A file in the place of the folder: as on a disk that is full, nothing can be noted. */
    private void ofABrewThatTheMemoryCannotHold() throws IOException {
        Path disk = Files.writeString(folder.resolve("full"), "no folder");
        new Owner(disk, new CoffeeNode(), "coffee", "coffee.gpio = 22")
                .refused(
                        "brew/set",
                        PRESS,
                        "as for the fault `storage`: without a note a power cut could mean two cups");
    }

    private void ofWhatIsNotSignedAsItShouldBe() {
        Signer signer = new Signer();
        String topic = "target/set";
        String both = "`timedatectl` on both machines";
        VirtualHouse knowing = new VirtualHouse(folder.resolve("signed")).obeying(signer.key());
        Owner owner = new Owner(knowing, new ThermostatNode(), "airco", "airco.heat.gpio = 17");
        Instant now = knowing.now();
        owner.refused(topic, "21.0", "`hearth-sign`, or a node without `commands.key`");
        owner.refused(
                topic,
                "signed by a key that is not in `commands.key`, or for another topic",
                signed(new Signer(), now.plusSeconds(600)),
                "the key that goes with its `commands.key`; the whole topic, with house and node");
        owner.refused(topic, "signed, and late", signed(signer, now), both + "; a longer `--for`");
        owner.refused(topic, "signed for an hour", signed(signer, now.plusSeconds(3600)), both);
        VirtualHouse unknowing = new VirtualHouse(folder.resolve("unsynced"))
                .obeying(signer.key())
                .withoutTheTime();
        new Owner(unknowing, new ThermostatNode(), "airco", "airco.heat.gpio = 17")
                .refused(
                        topic,
                        "signed, to a machine that does not know the time",
                        signed(signer, now.plusSeconds(60)),
                        "`timedatectl` there; without a network it has to wait for one");
    }

    private static byte[] signed(Signer signer, Instant expires) {
        return bytes(signer.command("home/airco/target/set", "a1", "21.0", expires));
    }

    private Owner coffee(String setting) {
        return new Owner(new CoffeeNode(), "coffee", "coffee.gpio = 22", setting);
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
    private final class Owner {

        private final VirtualHouse house;
        private final Device<?> device;
        private final String node;
        private final String[] settings;
        private final List<String> heard = new ArrayList<>();

        Owner(Device<?> device, String node, String... settings) {
            this(folder.resolve("house" + all.size()), device, node, settings);
        }

        Owner(Path memories, Device<?> device, String node, String... settings) {
            this(new VirtualHouse(memories), device, node, settings);
        }

        Owner(VirtualHouse house, Device<?> device, String node, String... settings) {
            this.house = house;
            this.device = device;
            this.node = node;
            this.settings = settings;
            Bus ear = house.broker().bus("owner", "home/owner/status");
            Subscription answers = new Subscription("home/" + node + "/result", 1, false);
            ear.subscribe(
                    answers,
                    message -> heard.add(new String(message.payload(), StandardCharsets.UTF_8)),
                    Duration.ZERO);
            ear.connect(Duration.ZERO);
            house.start(device, node, settings);
        }

        void press(String topic) {
            say(topic, bytes(PRESS), false);
        }

        void refused(String topic, String sent, String remedy) {
            refused(topic, "`" + sent + "`", bytes(sent), remedy);
        }

        void refused(String topic, String described, byte[] sent, String remedy) {
            refusedWhen(topic, described, remedy, () -> say(topic, sent, false));
        }

        void refusedWhen(String topic, String sent, String remedy, Runnable event) {
            heard.clear();
            event.run();
            List<String> refusals = heard.stream()
                    .filter(answer -> answer.contains("\"command\":\"" + topic + "\"") && !answer.contains("\"done\""))
                    .toList();
            assertThat(refusals)
                    .as("%s %s: all heard is %s", topic, sent, heard)
                    .hasSize(1);
            all.add(new Refusal(node + "/" + topic, sent, refusals.get(0), remedy));
        }

        void powerCut() {
            house.powerCut(node);
            house.start(device, node, settings);
            waits(Duration.ofSeconds(5));
        }

        void waits(Duration time) {
            house.pass(time);
        }

        void say(String topic, byte[] payload, boolean retained) {
            String to = "home/" + node + "/" + topic;
            house.broker().publish(new Incoming(to, payload, retained, Incoming.ABSENT, Incoming.ABSENT), 1);
            waits(Duration.ofMinutes(1)); // So long an answer may take, as when the disk is waited for.
        }
    }
}
