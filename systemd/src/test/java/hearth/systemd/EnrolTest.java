package hearth.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.message.Approach;
import hearth.common.message.CommonTopics;
import hearth.common.message.Topic;
import hearth.common.runtime.Launcher;
import hearth.testkit.ProgramRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is let into the house's broker, and out again. What comes of it at a broker the attack tests show. */
@Timeout(180)
class EnrolTest {

    private static final Path ENROL = Path.of("../bin/enrol").toAbsolutePath().normalize();

    @TempDir
    private Path folder;

    private Path keys;

    @BeforeEach
    void enrolBroker() throws Exception {
        keys = folder.resolve("keys");
        enrol("--broker", "hearth.local,192.168.1.5");
    }

    @Test
    void whatItMakesIsItsOwnersAlone() throws Exception {
        enrol("car");
        enrol("owner");

        assertThat(files(keys))
                .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .as(file.toString())
                        .endsWith("------"));
    }

    @ParameterizedTest
    @CsvSource({"thermostat, thermostat-node", "coffee, coffee-node", "car, car-node"})
    void aKindMaySayAndHearWhatItsNodeDoesAndNothingElse(String kind, String node) throws Exception {
        enrol("it", kind);

        Set<String> expected = new TreeSet<>(
                List.of("read home/it/status", "write homeassistant/device/it/config", "read homeassistant/status"));
        List<Topic<?>> topics = new ArrayList<>(Launcher.TOPICS);
        topics.addAll(PackagedNodes.nodeType(node).topics());
        for (Topic<?> topic : topics) {
            boolean command = topic.kind() == Topic.Kind.COMMAND;
            expected.add((command ? "read " : "write ") + topic.of("home", "it"));
        }
        if (kind.equals("thermostat")) {
            expected.add("read " + CommonTopics.TEMPERATURE.of("home", "+"));
        } else if (kind.equals("coffee")) {
            expected.add("read " + Approach.TOPIC.of("home", "+"));
        }
        assertThat(rights("it")).isEqualTo(expected);
    }

    @Test
    void aSensorAndAnAircoTogetherMayWhatAThermostatMay() throws Exception {
        enrol("it", "sensor");
        Set<String> both = rights("it");
        enrol("--revoke", "it");
        enrol("it", "airco");
        both.addAll(rights("it"));
        enrol("--revoke", "it");
        enrol("it", "thermostat");

        assertThat(rights("it")).isEqualTo(both);
    }

    @Test
    void anOwnerAsksAndAReaderLooksOn() throws Exception {
        enrol("ann", "owner");
        enrol("bob", "reader");

        assertThat(rights("ann"))
                .containsExactlyInAnyOrder(
                        "read home/#",
                        "read home/ann/status",
                        "write home/ann/status",
                        "write home/+/+/set",
                        "write home/+/history/ack",
                        "read homeassistant/#",
                        "write homeassistant/status");
        assertThat(rights("bob"))
                .containsExactlyInAnyOrder("read home/#", "read home/bob/status", "write home/bob/status");
        assertThat(Files.readString(keys.resolve("broker/passwords"))).containsPattern("(?m)^ann:\\$7\\$");
        assertThat(Files.readString(keys.resolve("devices/ann/broker.password")))
                .matches("[0-9a-f]{64}\n");
    }

    @Test
    void anotherHouseMayHaveAnotherPrefix() throws Exception {
        enrol("--broker", "hearth.local", "--prefix", "barn");
        enrol("car");

        assertThat(rights("car")).contains("write barn/car/approach");
    }

    @Test
    void itSaysWhatToCopyWhere() throws Exception {
        assertThat(enrol("car"))
                .contains(
                        "scp -r " + keys + "/broker YOU@hearth.local:",
                        "scp " + keys + "/devices/car/broker.key-store " + keys + "/devices/car/broker.ca YOU@HOST:",
                        "sudo install -m 600 broker.key-store /etc/credstore/car-node.broker.key-store",
                        "sudo install -m 600 broker.ca /etc/credstore/car-node.broker.ca",
                        "# node.name = car, broker.urls = mqtts://hearth.local:8883",
                        "sudo systemctl restart car-node");
        assertThat(enrol("attic", "sensor", "--password"))
                .contains("/etc/credstore/thermostat-node.broker.password", "mqtts://hearth.local:8884");
    }

    @Test
    void theBrokersCertificateHasItsNamesAndIsNoDevicesAndADevicesIsNoBrokers() throws Exception {
        enrol("car");

        assertThat(text("broker/broker.crt"))
                .contains(
                        "DNS:localhost", "DNS:hearth.local", "IP Address:192.168.1.5", "TLS Web Server Authentication")
                .doesNotContain("TLS Web Client Authentication");
        ProgramRun.lines(
                "openssl",
                "pkcs12",
                "-in",
                keys + "/devices/car/broker.key-store",
                "-passin",
                "pass:",
                "-nokeys",
                "-out",
                keys + "/car.crt");
        assertThat(text("car.crt"))
                .contains("CN = car", "TLS Web Client Authentication", "Not Before: Jan  1 00:00:00 2020 GMT")
                .doesNotContain("TLS Web Server Authentication", "CA:TRUE");
    }

    @Test
    void aNewKeyRevokesTheOldOneAndTheListSaysSo() throws Exception {
        enrol("car");
        String before = serial("car");

        enrol("--rotate", "car");

        assertThat(serial("car")).isNotEqualTo(before);
        assertThat(enrol("--list").lines())
                .anyMatch(line -> line.matches("car +car +certificate"))
                .anyMatch(line -> line.matches("car +revoked +certificate " + before + ", 20.*"));
        assertThat(String.join(
                        "\n", ProgramRun.lines("openssl", "crl", "-in", keys + "/broker/crl.pem", "-noout", "-text")))
                .contains(before)
                .doesNotContain(serial("car"));
    }

    @Test
    void whoeverIsRevokedHasNoRightsNoPasswordAndNoKey() throws Exception {
        enrol("car");
        enrol("owner");

        enrol("--revoke", "car");
        enrol("--revoke", "owner");

        assertThat(rights("car")).isEmpty();
        assertThat(keys.resolve("broker/passwords")).isEmptyFile();
        assertThat(keys.resolve("devices/car")).doesNotExist();
        assertThat(enrol("car")).startsWith("car is enrolled");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Car                | 78 | device Car: expected 1 to 32 of a to z, 0 to 9 and -",
                "a/b                | 78 | device a/b: expected 1 to 32",
                "lamp               | 78 | lamp: what is it? One of: airco, car, coffee, owner, reader, sensor, thermostat",
                "lamp heater        | 78 | kind heater: expected one of: airco, car",
                "broker car         | 78 | the broker itself has that name",
                "coffee             | 78 | coffee: that name is taken, by a coffee; --rotate coffee gives it a new key",
                "--rotate lamp      | 78 | lamp: nobody has that name;",
                "--revoke lamp      | 78 | lamp: nobody has that name;",
                "--revoke           | 78 | --revoke wants a word after it",
                "--revoke car --list| 78 | one thing at a time: --list besides --revoke",
                "--broker a_b       | 78 | expected names or addresses with commas between them",
                "--frobnicate       | 78 | --frobnicate: not understood",
                "car --prefix barn  | 78 | --prefix goes with --broker",
            })
    void whatItIsAskedWrongItSaysSoAndChangesNothing(String wish, int status, String said) throws Exception {
        enrol("coffee");
        String before = Files.readString(keys.resolve("accounts"));

        ProgramRun run = tryEnrol(Map.of(), wish.split(" "));

        assertThat(run.output()).startsWith("enrol: ").contains(said);
        assertThat(run.status()).isEqualTo(status);
        assertThat(Files.readString(keys.resolve("accounts"))).isEqualTo(before);
    }

    @Test
    void whatIsInTheWayIsSaidWithTheRemedy() throws Exception {
        assertThat(ProgramRun.run(ENROL.toString(), "--in", folder + "/none", "car")
                        .output())
                .startsWith("enrol: there is no house in " + folder + "/none yet: ");
        assertThat(ProgramRun.run(ENROL.toString(), "--in", "/proc/none", "--broker", "a")
                        .output())
                .isEqualTo("enrol: /proc/none cannot be written: give another with --in FOLDER\n");
        Files.move(keys.resolve("ca.key"), folder.resolve("drawer"));
        assertThat(tryEnrol(Map.of(), "car"))
                .isEqualTo(new ProgramRun(
                        1,
                        "enrol: there is no " + keys + "/ca.key, which makes certificates and revokes them: put it back"
                                + " there\n"));
    }

    /** The process is killed as it is about to move its first file, its second, and so on. */
    @Test
    void interruptedAnywhereItLosesNothing() throws Exception {
        enrol("car");
        enrol("owner");
        int moves = 0;
        for (boolean done = false; !done; moves++) {
            String before = serial("car");
            ProgramRun run = tryEnrol(
                    Map.of("PATH", folderWithKillingMv(moves) + ":" + System.getenv("PATH")), "--rotate", "car");
            done = run.status() == 0;

            String list = enrol("--list");

            assertThat(list.lines()).anyMatch(line -> line.matches("car +car +certificate"));
            assertThat(Files.readString(keys.resolve("accounts")))
                    .contains(" " + serial("car") + "\n", "account owner");
            boolean rotated = !serial("car").equals(before);
            assertThat(list.contains(before))
                    .as("the old one is revoked if there is a new one")
                    .isEqualTo(rotated);
            assertThat(rights("car")).isNotEmpty();
        }
        assertThat(moves).isGreaterThan(3);
    }

    /** What the device would be given now, by its certificate. */
    private String serial(String device) throws IOException, InterruptedException {
        Path certificate = folder.resolve(device + ".crt");
        ProgramRun.lines(
                "openssl",
                "pkcs12",
                "-in",
                keys + "/devices/" + device + "/broker.key-store",
                "-passin",
                "pass:",
                "-nokeys",
                "-out",
                certificate.toString());
        return ProgramRun.lines("openssl", "x509", "-in", certificate.toString(), "-noout", "-serial")
                .get(0)
                .replace("serial=", "");
    }

    /** A folder with an {@code mv} that kills who calls it, after so many files. */
    private Path folderWithKillingMv(int after) throws IOException {
        Path bin = Files.createDirectories(folder.resolve("killing"));
        Path count = Files.writeString(folder.resolve("count"), "");
        Path mv = Files.writeString(bin.resolve("mv"), """
                #!/bin/sh
                [ "$(wc -c <%s)" -lt %d ] || { kill -KILL "$PPID"; exit 1; }
                printf x >>%s
                PATH=${PATH#*:}
                exec mv "$@"
                """.formatted(count, after, count));
        Files.setPosixFilePermissions(mv, PosixFilePermissions.fromString("rwx------"));
        return bin;
    }

    private Set<String> rights(String account) throws IOException {
        Set<String> rights = new TreeSet<>();
        boolean its = false;
        for (String line : Files.readAllLines(keys.resolve("broker/rights"))) {
            if (line.startsWith("user ")) {
                its = line.equals("user " + account);
            } else if (its && !line.isEmpty()) {
                rights.add(line.replace("topic ", ""));
            }
        }
        return rights;
    }

    private String text(String certificate) throws IOException, InterruptedException {
        return String.join(
                "\n", ProgramRun.lines("openssl", "x509", "-in", keys + "/" + certificate, "-noout", "-text"));
    }

    private static List<Path> files(Path within) throws IOException {
        try (Stream<Path> files = Files.walk(within)) {
            return files.toList();
        }
    }

    private String enrol(String... wish) throws IOException, InterruptedException {
        ProgramRun run = tryEnrol(Map.of(), wish);
        assertThat(run.status()).as(run.output()).isZero();
        return run.output();
    }

    private ProgramRun tryEnrol(Map<String, String> environment, String... wish)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(ENROL.toString(), "--in", keys.toString()));
        command.addAll(List.of(wish));
        return ProgramRun.run(environment, command.toArray(String[]::new));
    }
}
