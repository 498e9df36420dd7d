package hearth.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.message.Approach;
import hearth.common.message.CommonTopics;
import hearth.common.message.Topic;
import hearth.common.runtime.NodeType;
import hearth.testkit.ProgramRun;
import hearth.testkit.modules.NodeModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Gives devices and people access to the broker and takes it away. The attack tests show the effect at a real broker. */
@Timeout(180)
class EnrolTest {

    private static final Path ENROL = Path.of("../tools/enrol").toAbsolutePath().normalize();

    @TempDir
    private Path folder;

    private Path keys;

    @BeforeEach
    void enrolBroker() throws Exception {
        keys = folder.resolve("keys");
        enrol("--broker", "hearth.local,192.168.1.5");
    }

    @Test
    void allFilesAreReadableByTheirOwnerOnly() throws Exception {
        enrol("car");
        enrol("owner");

        assertThat(files(keys))
                .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .as(file.toString())
                        .endsWith("------"));
    }

    static List<NodeModule> nodes() {
        return NodeModule.all();
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void aKindMayPublishAndReceiveTheTopicsOfItsNodeAndNoOthers(NodeModule node) throws Exception {
        enrol("it", node.device());

        Set<String> own = new TreeSet<>(
                List.of("read home/it/status", "write homeassistant/device/it/config", "read homeassistant/status"));
        for (Topic<?> topic : topics(node)) {
            boolean command = topic.kind() == Topic.Kind.COMMAND;
            own.add((command ? "read " : "write ") + topic.of("home", "it"));
        }
        Set<String> statesOfOthers = NodeModule.all().stream()
                .flatMap(other -> topics(other).stream())
                .filter(topic -> topic.kind() == Topic.Kind.STATE)
                .map(topic -> "read " + topic.of("home", "+"))
                .collect(Collectors.toSet());
        Set<String> more = new TreeSet<>(rights("it"));
        more.removeAll(own);
        assertThat(rights("it")).containsAll(own);
        assertThat(statesOfOthers).as("topics of other nodes").containsAll(more);
    }

    private static List<Topic<?>> topics(NodeModule node) {
        List<Topic<?>> topics = new ArrayList<>(NodeType.COMMON_TOPICS);
        topics.addAll(node.nodeType().topics());
        return topics;
    }

    @Test
    void aThermostatReadsAllTemperaturesAndACoffeeMachineTheApproachOfEachCar() throws Exception {
        enrol("it", "thermostat");
        enrol("other", "coffee");

        assertThat(rights("it")).contains("read " + CommonTopics.TEMPERATURE.of("home", "+"));
        assertThat(rights("other")).contains("read " + Approach.TOPIC.of("home", "+"));
    }

    @Test
    void aSensorAndAnAircoTogetherHaveTheRightsOfAThermostat() throws Exception {
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
    void anOwnerMaySendCommandsAndAReaderMayOnlyRead() throws Exception {
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

    /** A device that Hearth does not have: a file in the owner's folder declares it, as a module's file would. */
    @Test
    void aDeviceOfAnotherMakerNeedsOneFileWithItsRights() throws Exception {
        Path file = rightsFile("blind", """
                kind blind  a window blind
                blind  write  @/position
                blind  read   @/open/set
                blind  read   @/schedule
                blind  read   /weather/rain
                blind  write  /alarm/@/leak
                """);

        assertThat(enrol("blind"))
                .contains("/etc/credstore/blind-node.broker.key-store", "sudo nano /etc/hearth/blind.conf ");
        enrol("owner");
        enrol("reader");

        assertThat(rights("blind"))
                .containsExactlyInAnyOrder(
                        "write home/blind/status",
                        "read home/blind/status",
                        "write home/blind/health",
                        "write home/blind/fault",
                        "write home/blind/result",
                        "read home/blind/reset/set",
                        "write homeassistant/device/blind/config",
                        "read homeassistant/status",
                        "write home/blind/position",
                        "read home/blind/open/set",
                        "read home/blind/schedule",
                        "read weather/rain",
                        "write alarm/blind/leak");
        assertThat(rights("owner"))
                .contains("write home/+/+/set", "write home/+/schedule", "write weather/rain", "read alarm/#");
        assertThat(rights("reader"))
                .containsExactlyInAnyOrder("read home/#", "read home/reader/status", "write home/reader/status");
        assertThat(enrol("--help")).containsPattern("(?m)^ +blind +a window blind$");

        Files.delete(file);

        assertThat(enrol("--list"))
                .contains(
                        "enrol: blind has the unknown kind blind, so it can only publish its status: copy the .rights")
                .containsPattern("(?m)^blind +blind +certificate$");
        assertThat(rights("blind")).containsExactlyInAnyOrder("write home/blind/status", "read home/blind/status");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "valve read @/open/set    | valve is not declared in this file: add a line kind valve DESCRIPTION above",
                "device read @/open/set   | device is not declared in this file",
                "kind valve               | expected kind NAME DESCRIPTION",
                "kind VALVE a valve       | expected kind NAME DESCRIPTION",
                "kind all everything      | all and device are reserved: choose another name for the kind",
                "kind car another car     | the kind is already declared in ",
                "kind valve a valve, write| expected KIND[,KIND] read|write TOPIC",
            })
    void aRightsFileWithAnErrorIsReportedByLineAndNothingChanges(String lines, String error) throws Exception {
        rightsFile("valve", "# A garden valve.\n" + lines.replace(", ", "\nvalve "));
        String before = Files.readString(keys.resolve("accounts"));

        ProgramRun run = tryEnrol(Map.of(), "car");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.output())
                .startsWith("enrol: the rights of the kinds have errors:\n")
                .containsPattern("\\.rights:[234]: ")
                .contains(error);
        assertThat(Files.readString(keys.resolve("accounts"))).isEqualTo(before);
    }

    @Test
    void theOwnersFileReplacesTheOneOfHearthWithTheSameName() throws Exception {
        rightsFile("car", "kind car  a car without a position\ncar write @/approach\n");
        enrol("car");

        assertThat(rights("car")).contains("write home/car/approach").doesNotContain("write home/car/position");
    }

    @Test
    void thePrefixIsTheOneThatWasGiven() throws Exception {
        enrol("--broker", "hearth.local", "--prefix", "barn");
        enrol("car");

        assertThat(rights("car")).contains("write barn/car/approach");
    }

    @Test
    void itPrintsTheCommandsThatCopyTheFiles() throws Exception {
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
    void theBrokersCertificateHasItsNamesAndNoDeviceCanActAsABroker() throws Exception {
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
    void aNewKeyRevokesTheOldOneAndTheListShowsIt() throws Exception {
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
    void aRevokedAccountHasNoRightsNoPasswordAndNoKey() throws Exception {
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
                "Car                | 78 | device Car: expected 1 to 32 characters, each a to z, 0 to 9 or hyphen",
                "a/b                | 78 | device a/b: expected 1 to 32 characters",
                "lamp               | 78 | lamp: KIND is missing; expected one of: airco, car, coffee, owner, reader, sensor, thermostat",
                "lamp heater        | 78 | kind heater: expected one of: airco, car",
                "broker car         | 78 | device broker: this name is reserved for the broker itself",
                "coffee             | 78 | coffee is already enrolled as coffee: use --rotate coffee for a new key",
                "--rotate lamp      | 78 | lamp is not enrolled: ",
                "--revoke lamp      | 78 | lamp is not enrolled: ",
                "--revoke           | 78 | --revoke: expected a value after it",
                "--revoke car --list| 78 | --list and --revoke cannot be combined",
                "--broker a_b       | 78 | expected host names or addresses separated by commas",
                "--frobnicate       | 78 | unknown option --frobnicate",
                "car --prefix barn  | 78 | --prefix is only for --broker",
            })
    void wrongArgumentsAreReportedAndChangeNothing(String arguments, int status, String message) throws Exception {
        enrol("coffee");
        String before = Files.readString(keys.resolve("accounts"));

        ProgramRun run = tryEnrol(Map.of(), arguments.split(" "));

        assertThat(run.output()).startsWith("enrol: ").contains(message);
        assertThat(run.status()).isEqualTo(status);
        assertThat(Files.readString(keys.resolve("accounts"))).isEqualTo(before);
    }

    @Test
    void aMissingFileIsReportedWithTheRemedy() throws Exception {
        assertThat(ProgramRun.run(ENROL.toString(), "--in", folder + "/none", "car")
                        .output())
                .startsWith("enrol: there is no file " + folder + "/none/accounts: run ");
        assertThat(ProgramRun.run(ENROL.toString(), "--in", "/proc/none", "--broker", "a")
                        .output())
                .isEqualTo("enrol: cannot write to /proc/none: choose another folder with --in FOLDER\n");
        Files.move(keys.resolve("ca.key"), folder.resolve("usb-stick"));
        assertThat(tryEnrol(Map.of(), "car"))
                .isEqualTo(new ProgramRun(
                        1,
                        "enrol: cannot read " + keys
                                + "/ca.key, which is required to create and revoke certificates: copy it"
                                + " back to this folder\n"));
    }

    /** The process is killed just before it moves its first file, its second, and so on. */
    @Test
    void aKillAtAnyFileLosesNothing() throws Exception {
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

    /** The serial number of the device's present certificate. */
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

    /** A folder with an {@code mv} that kills its caller after so many files. */
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

    private Path rightsFile(String program, String content) throws IOException {
        return Files.writeString(
                Files.createDirectories(keys.resolve("rights.d")).resolve(program + ".rights"), content);
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

    private String enrol(String... arguments) throws IOException, InterruptedException {
        ProgramRun run = tryEnrol(Map.of(), arguments);
        assertThat(run.status()).as(run.output()).isZero();
        return run.output();
    }

    private ProgramRun tryEnrol(Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(ENROL.toString(), "--in", keys.toString()));
        command.addAll(List.of(arguments));
        return ProgramRun.run(environment, command.toArray(String[]::new));
    }
}
