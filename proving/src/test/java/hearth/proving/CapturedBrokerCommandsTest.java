package hearth.proving;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import hearth.car.CarNode;
import hearth.coffee.CoffeeNode;
import hearth.common.json.Json;
import hearth.common.message.Malformed;
import hearth.common.message.Payload;
import hearth.common.message.Topic;
import hearth.common.mqtt.Incoming;
import hearth.common.runtime.NodeType;
import hearth.testkit.bus.CommandSigner;
import hearth.testkit.fault.Fault;
import hearth.thermostat.ThermostatNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A broker that an attacker controls can repeat and forge commands. Against signed commands it can only drop or delay
 * them.
 */
@Tag("slow")
class CapturedBrokerCommandsTest {

    private static final CapturedBrokerTable TABLE = new CapturedBrokerTable("captured-commands");
    private static final String TARGET = "airco/target/set";
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final int PER_SECOND = 20;

    private final CapturedBrokerRig rig = new CapturedBrokerRig();
    private final CommandSigner owner = new CommandSigner();
    private final CommandSigner otherSigner = new CommandSigner();
    private final ForgedMessages forgedMessages = new ForgedMessages(7);

    @AfterAll
    static void compareTableWithDocument() throws IOException {
        TABLE.assertUpToDate();
    }

    @Test
    @Fault("Gc")
    void aRepeatedCommandIsNotExecutedAgain() {
        MonitoredAirco airco = new MonitoredAirco(rig, 20);
        List<String> results = rig.collect("airco/result");
        for (int i = 0; i < 200; i++) {
            rig.publish(TARGET, "{\"id\":\"a" + i + "\",\"value\":" + (i % 2 == 0 ? 21 : 19) + "}");
            airco.runFor(Duration.ofMillis(100));
        }
        rig.powerCut("airco");
        MonitoredAirco again = new MonitoredAirco(rig, 20);
        for (int times = 0; times < 10; times++) {
            for (int i = 168; i < 200; i++) { // As many ids as the saved state has.
                rig.publish(TARGET, "{\"id\":\"a" + i + "\",\"value\":" + (i % 2 == 0 ? 21 : 19) + "}");
                again.runFor(Duration.ofMillis(10));
            }
        }

        assertThat(results.stream().filter(text -> text.contains("\"done\"")))
                .hasSize(200)
                .doesNotHaveDuplicates();
        TABLE.row(
                1,
                "4",
                "send 200 commands with ids, cut the power, then repeat the last 32 commands ten times",
                "200 commands done, each once. A repeated command is executed again if it has no id, or if 256 others came"
                        + " after it; signed commands prevent this");
    }

    @Test
    @Fault("Gc")
    void signedCommandsCanOnlyBeDroppedOrDelayed() throws Malformed {
        rig.authorizeOnly(owner.key());
        MonitoredAirco airco = new MonitoredAirco(rig, 20);
        List<String> results = rig.collect("airco/result");
        List<String> targets = rig.collect("airco/target");
        Map<String, Instant> expires = new HashMap<>();
        List<Incoming> captured = new ArrayList<>();
        Map<String, Instant> doneAt = new HashMap<>();
        int forged = 0;
        int seconds = 600;
        for (int second = 0; second < seconds; second++) {
            if (second % 30 == 0) { // The broker delays or drops a command of the owner.
                String id = "o" + second;
                expires.put(id, inAMinute());
                captured.add(signed(owner, id, second % 60 == 0 ? "19.0" : "22.0"));
            }
            if (second == 300) {
                rig.powerCut("airco");
                airco = new MonitoredAirco(rig, 20);
            }
            for (int i = 0; i < PER_SECOND; i++) {
                Incoming real = captured.get(forgedMessages.randomBelow(captured.size()));
                boolean honest = forgedMessages.randomBelow(20) == 0;
                rig.deliver(honest ? real : tamperedWith(real, forged), 1);
                forged += honest ? 0 : 1;
                airco.runFor(PAUSE);
                for (String id : done(results)) {
                    assertThat(doneAt.put(id, rig.now()))
                            .as("%s is done once", id)
                            .isNull();
                    assertThat(rig.now().minus(PAUSE))
                            .as("%s before it expires", id)
                            .isBefore(expires.get(id));
                }
                results.clear();
            }
        }

        assertThat(doneAt).as("some commands arrived").hasSizeGreaterThan(5);
        assertThat(targets).contains("19.0", "22.0").isSubsetOf("20.0", "19.0", "22.0");
        TABLE.row(
                3,
                "1 to 4, signed",
                "with `commands.key`: send " + forged
                        + " forged commands in ten minutes: signed by the owner but with a"
                        + " changed value, id, time or topic, signed with another key, or unsigned; delay and repeat the"
                        + " owner's " + expires.size() + " commands; cut the power",
                "no forged command is executed. Of the owner's commands, " + doneAt.size()
                        + " arrived before they expired and are done, each once; the broker could only drop the others");
    }

    @Test
    @Fault("Gc")
    void noCommandChangesTheBrokerThePinsOrTheLimits() {
        List<String> commands = Stream.concat(
                        NodeType.COMMON_TOPICS.stream(),
                        Stream.of(new ThermostatNode(), new CoffeeNode(), new CarNode())
                                .flatMap(nodeType -> nodeType.topics().stream()))
                .filter(topic -> topic.kind() == Topic.Kind.COMMAND)
                .map(Topic::name)
                .sorted()
                .toList();

        assertThat(commands)
                .containsExactly(
                        "brew/set", "cancel/set", "history/ack", "mode/set", "preset/set", "reset/set", "target/set");
        TABLE.row(
                2,
                "8",
                "send a command that changes the broker address, the key, the pins or the limits of a node, or runs a program",
                "no such command exists; the commands are "
                        + commands.stream().map(name -> "`" + name + "`").collect(joining(", ")));
    }

    /** A command with another value, id, time or topic, signed with another key, or invented. */
    private Incoming tamperedWith(Incoming real, int number) {
        String text = new String(real.payload(), UTF_8);
        return switch (forgedMessages.randomBelow(6)) {
            case 0 ->
                CapturedBrokerRig.message(TARGET, text.replace("9.0", "9.5").replace("22.0", "30.0"));
            case 1 -> CapturedBrokerRig.message(TARGET, text.replace("\"id\":\"o", "\"id\":\"p"));
            case 2 -> CapturedBrokerRig.message(TARGET, text.replaceFirst("T0[89]:", "T10:"));
            case 3 -> CapturedBrokerRig.message("airco/mode/set", text);
            case 4 -> signed(otherSigner, "s" + number, "30.0");
            default -> forgedMessages.nextForThermostat();
        };
    }

    private Incoming signed(CommandSigner by, String id, String value) {
        return CapturedBrokerRig.message(TARGET, by.command("home/" + TARGET, id, value, inAMinute()));
    }

    private Instant inAMinute() {
        return rig.now().plusSeconds(60);
    }

    private static List<String> done(List<String> results) throws Malformed {
        List<String> done = new ArrayList<>();
        for (String result : results) {
            Payload.Fields fields = Json.fields(result);
            if (fields.text("outcome").equals("done")) {
                done.add(fields.text("id"));
            }
        }
        return done;
    }
}
