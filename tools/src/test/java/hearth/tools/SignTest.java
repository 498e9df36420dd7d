package hearth.tools;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.message.Command;
import hearth.common.message.PayloadCodec;
import hearth.common.message.Topic;
import hearth.common.mqtt.Decoder;
import hearth.common.mqtt.SignedCommandPolicy;
import hearth.common.value.Celsius;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares the shell command that signs with the code that verifies signatures. */
@Tag("debian")
final class SignTest {

    private static final Topic<Celsius> TARGET =
            Topic.command("target/set", 1, PayloadCodec.celsius(1), "a test topic");
    private static final String WHERE = "home/airco/target/set";
    private static final Path SIGN = Path.of("..", "tools", "sign").toAbsolutePath();

    @TempDir
    private Path folder;

    private Path keys;

    /** The exit status of a run, and its output. */
    private record Run(int status, String output) {}

    @BeforeEach
    void aNewKey() throws Exception {
        keys = folder.resolve("keys");
        assertThat(sign("--new-key", keys.toString()).status).isZero();
    }

    @Test
    void aSignedCommandIsAccepted() throws Exception {
        Clock clock = Clock.systemUTC();
        SignedCommandPolicy gate =
                new SignedCommandPolicy(List.of(publicKey()), 32, () -> Optional.of(clock.instant()), clock);

        Run run = sign("--key", keys + "/owner.key", "--for", "600", "--id", "a1", WHERE, "21.5");

        assertThat(run.status).as(run.output).isZero();
        Command<Celsius> command = gate.authorize(
                WHERE,
                TARGET,
                Decoder.decode(run.output.getBytes(UTF_8)),
                clock.instant().plus(Duration.ofHours(1)));
        assertThat(command.id()).isEqualTo("a1");
        assertThat(command.value()).isEqualTo(Celsius.of(21.5));
        assertThat(command.expiresAt())
                .isBetween(clock.instant().plusSeconds(300), clock.instant().plusSeconds(601));
    }

    @Test
    void byDefaultEachCommandHasItsOwnIdAndIsValidForAMinute() throws Exception {
        Clock clock = Clock.systemUTC();
        SignedCommandPolicy gate =
                new SignedCommandPolicy(List.of(publicKey()), 32, () -> Optional.of(clock.instant()), clock);
        List<Command<Celsius>> commands = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            String output = sign("--key", keys + "/owner.key", WHERE, "21.5").output;
            commands.add(gate.authorize(
                    WHERE,
                    TARGET,
                    Decoder.decode(output.getBytes(UTF_8)),
                    clock.instant().plus(Duration.ofHours(1))));
        }

        assertThat(commands).extracting(Command::id).doesNotHaveDuplicates().allMatch(id -> id.matches("[0-9a-f]{16}"));
        assertThat(commands)
                .extracting(Command::expiresAt)
                .allMatch(end -> end.isBefore(clock.instant().plusSeconds(61)));
    }

    @Test
    void theKeyIsReadableByItsOwnerOnlyAndIsNotOverwritten() throws Exception {
        Path key = keys.resolve("owner.key");
        String before = Files.readString(key);

        Run again = sign("--new-key", keys.toString());

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys.resolve("owner.pub"))))
                .isEqualTo("rw-r--r--");
        assertThat(again.status).isEqualTo(1);
        assertThat(again.output)
                .contains("owner.key already exists, and nodes that have its owner.pub accept no other key");
        assertThat(key).hasContent(before);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "home/airco/target/set 21.0|2|expected --new-key DIR or --key FILE",
                "--key KEY|2|expected a topic and a value after the options",
                "--key KEY home/airco/target/set|2|expected a topic and a value after the options",
                "--key KEY --for 601 home/airco/target/set 21.0|2|--for 601: expected 1 to 600 seconds",
                "--key KEY --for 0 home/airco/target/set 21.0|2|--for 0: expected 1 to 600 seconds",
                "--key KEY --id a/b home/airco/target/set 21.0|2|--id a/b: expected 1 to 64 letters, digits and . _ : -",
                "--key KEY target/set 21.0|2|target/set: expected the whole topic, such as home/airco/target/set",
                "--key KEY home/airco/target/set 21\"|2|'21\"': expected the value as in an unsigned command",
                "--key|2|--key: expected a value after it",
                "--slowly|2|unknown option --slowly",
                "--new-key here --key KEY|2|--new-key DIR cannot be combined with other arguments",
                "--key nothing home/airco/target/set 21.0|1|cannot read the key nothing",
                "--key PUB home/airco/target/set 21.0|1|is not a private Ed25519 key: expected the file owner.key"
            })
    void wrongArgumentsAndKeysAreReported(String line, int status, String expected) throws Exception {
        Run run = sign(line.replace("KEY", keys + "/owner.key")
                .replace("PUB", keys + "/owner.pub")
                .split(" ", -1));

        assertThat(run.output).startsWith("sign: ").contains(expected).doesNotContain("\n\n");
        assertThat(run.status).isEqualTo(status);
    }

    @Test
    void helpListsEveryOption() throws Exception {
        Run run = sign("--help");

        assertThat(run.status).isZero();
        assertThat(run.output).contains("--new-key DIR", "--key FILE", "--for SECONDS", "--id ID", "mosquitto_pub");
    }

    private PublicKey publicKey() throws Exception {
        String pem = Files.readString(keys.resolve("owner.pub")).replaceAll("-----[A-Z ]+-----|\\s", "");
        return KeyFactory.getInstance("Ed25519")
                .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(pem)));
    }

    private Run sign(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("bash", SIGN.toString()));
        command.addAll(List.of(arguments));
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        int status = process.waitFor();
        return new Run(status, Files.readString(output));
    }
}
