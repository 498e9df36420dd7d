package hearth.thermostat;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.mqtt.CommandClient;
import hearth.testkit.NodeProcess;
import hearth.testkit.bus.Mosquitto;
import hearth.testkit.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands signed with the shell command, sent through a real broker to a node in a process of its own. */
@Tag("broker")
@Timeout(180)
class SignedCommandsTest {

    private static final Path SIGN = Path.of("..", "tools", "sign").toAbsolutePath();
    private static final String WHERE = "home/airco/target/set";

    /** Classes of the JDK and of Hearth. */
    private static final String[] WHAT_LOOKS_AT_SIGNATURES = {
        "sun.security.ec.ed.EdDSASignature", "hearth.common.mqtt.SignedCommandPolicy"
    };

    @TempDir
    private Path folder;

    @BeforeEach
    void aKey() throws Exception {
        sign("--new-key", folder.toString());
    }

    @Test
    @Fault("Gc")
    void onlySignedCommandsAreDoneAndEachOnce() throws Exception {
        try (Mosquitto broker = Mosquitto.in(Files.createDirectory(folder.resolve("broker")));
                CommandClient owner = new CommandClient(broker);
                NodeProcess node = start(broker, "commands.key = " + folder + "/owner.pub")) {
            node.awaitCondition(() -> owner.last("airco/target").equals("20.0"));
            node.awaitCondition(() -> owner.messages("airco/result").isEmpty());
            String signed = sign("--key", folder + "/owner.key", WHERE, "21.5");

            owner.command("airco/target/set", "25.0");
            owner.command("airco/target/set", "{\"id\":\"a1\",\"value\":25.0}");
            owner.command("airco/mode/set", signed);
            owner.command("airco/target/set", signed.replace("21.5", "25.5"));
            owner.command("airco/target/set", signed);
            owner.command("airco/target/set", signed);
            owner.command("airco/target/set", sign("--key", folder + "/owner.key", "--id", "last", WHERE, "22.0"));

            node.awaitCondition(() -> owner.last("airco/result").contains("\"last\""));
            assertThat(owner.messages("airco/target")).containsExactly("20.0", "21.5", "22.0");
            List<String> results = owner.messages("airco/result");
            assertThat(results).hasSize(6);
            assertThat(results.subList(0, 2)).allMatch(result -> result.contains("\"because\":\"unsigned: "));
            assertThat(results.subList(2, 4)).allMatch(result -> result.contains("\"because\":\"bad-signature: "));
            assertThat(results.subList(4, 6)).allMatch(result -> result.contains("\"outcome\":\"done\""));
            assertThat(node.outputText()).contains("accepts only signed commands, from 1 authorized key(s)");
            assertThat(classes()).contains(WHAT_LOOKS_AT_SIGNATURES);
        }
    }

    @Test
    void withoutCommandsKeyNoClassForSignaturesIsLoaded() throws Exception {
        try (Mosquitto broker = Mosquitto.in(Files.createDirectory(folder.resolve("broker")));
                CommandClient owner = new CommandClient(broker);
                NodeProcess node = start(broker, "")) {
            node.awaitCondition(() -> owner.last("airco/target").equals("20.0"));

            owner.command("airco/target/set", "{\"id\":\"a1\",\"value\":25.0}");

            node.awaitCondition(() -> owner.last("airco/target").equals("25.0"));
            assertThat(classes()).contains("hearth.common.mqtt.CommandPolicy").doesNotContain(WHAT_LOOKS_AT_SIGNATURES);
        }
    }

    private NodeProcess start(Mosquitto broker, String setting) throws IOException {
        Path config = Files.writeString(folder.resolve("thermostat.conf"), """
                node.name = airco
                broker.urls = %s
                airco.heat.gpio = 17
                %s
                """.formatted(broker.url(), setting));
        return NodeProcess.start(
                folder.resolve("words"),
                List.of("-Xlog:class+load:file=" + folder.resolve("classes")),
                ThermostatNode.class,
                "--config",
                config.toString(),
                "--mock",
                folder.resolve("board").toString());
    }

    private String classes() throws IOException {
        return Files.readString(folder.resolve("classes"));
    }

    private String sign(String... arguments) throws Exception {
        Path output = Files.createTempFile(folder, "output", ".json");
        List<String> command = new ArrayList<>(List.of("bash", SIGN.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(folder.resolve("errors").toFile())
                .start();
        assertThat(process.waitFor())
                .as(Files.readString(folder.resolve("errors")))
                .isZero();
        return Files.readString(output).strip();
    }
}
