package hearth.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.testkit.ProgramRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks the units, and with systemd's own measure how little a captured node process could do. */
class SystemdUnitTest {

    @TempDir
    private Path folder;

    static Stream<String> nodes() {
        return PackagedNodes.names().stream();
    }

    static Stream<String> withOutputs() {
        return PackagedNodes.withOutputs().stream();
    }

    static Stream<String> withoutOutputs() {
        return PackagedNodes.withoutOutputs().stream();
    }

    @ParameterizedTest
    @MethodSource("withOutputs")
    void exposureWithOutputsIsAtMost13(String node) throws Exception {
        exposureIsAtMost(node, 13);
    }

    @ParameterizedTest
    @MethodSource("withoutOutputs")
    void exposureWithoutOutputsIsAtMost11(String node) throws Exception {
        exposureIsAtMost(node, 11);
    }

    /** @param tenths of systemd's measure, in which 0 is least and 10 most */
    private void exposureIsAtMost(String node, int tenths) throws Exception {
        Path unit = Files.copy(file(node), folder.resolve(node + ".service"));

        ProgramRun analysis = ProgramRun.run(
                "systemd-analyze",
                "--no-pager",
                "security",
                "--offline=true",
                "--threshold=" + tenths,
                unit.toString());

        assertThat(analysis.output()).contains("Overall exposure level for " + node + ".service: ");
        assertThat(analysis.status()).as(analysis.output()).isZero();
    }

    /** The unit of Debian's package. */
    private static final String MOSQUITTO = """
            [Unit]
            Description=Mosquitto MQTT Broker
            After=network.target
            Wants=network.target

            [Service]
            Type=notify
            NotifyAccess=main
            ExecStart=/usr/sbin/mosquitto -c /etc/mosquitto/mosquitto.conf
            ExecReload=/bin/kill -HUP $MAINPID
            Restart=on-failure
            ExecStartPre=/bin/mkdir -m 740 -p /var/log/mosquitto
            ExecStartPre=/bin/chown mosquitto /var/log/mosquitto
            ExecStartPre=/bin/mkdir -m 740 -p /run/mosquitto
            ExecStartPre=/bin/chown mosquitto /run/mosquitto

            [Install]
            WantedBy=multi-user.target
            """;

    @Test
    void theBrokersExposureIsAtMostOne() throws Exception {
        Path units = Files.createDirectories(folder.resolve("etc/systemd/system"));
        Files.writeString(units.resolve("mosquitto.service"), MOSQUITTO);
        Path dropIns = Files.createDirectories(units.resolve("mosquitto.service.d"));

        assertThat(exposureOfTheBroker(10).output()).contains("mosquitto.service: 9.");

        Files.copy(PackagedNodes.broker("mosquitto.service.conf"), dropIns.resolve("hearth.conf"));

        ProgramRun analysis = exposureOfTheBroker(10);
        assertThat(analysis.output()).contains("Overall exposure level for mosquitto.service: ");
        assertThat(analysis.status()).as(analysis.output()).isZero();
    }

    private ProgramRun exposureOfTheBroker(int threshold) throws IOException, InterruptedException {
        return ProgramRun.run(
                "systemd-analyze",
                "--no-pager",
                "security",
                "--offline=true",
                "--root=" + folder,
                "--threshold=" + threshold,
                "mosquitto.service");
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void everyNodeHasAWatchdogAndIsRestartedWithoutLimit(String node) throws IOException {
        assertThat(unit(node))
                .contains(
                        "Type=notify",
                        "NotifyAccess=all",
                        "WatchdogSec=10",
                        "WatchdogSignal=SIGKILL",
                        "TimeoutAbortSec=5",
                        "Restart=always",
                        "StartLimitIntervalSec=0",
                        "RestartPreventExitStatus=78",
                        "SuccessExitStatus=143",
                        "LimitCORE=0",
                        "DynamicUser=yes",
                        "StateDirectory=" + node,
                        "WantedBy=multi-user.target");
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void onlyTheDeclaredAddressesAreAllowed(String node) throws IOException {
        String reach = PackagedNodes.property(node, "node.reach");

        assertThat(unit(node))
                .contains("IPAddressDeny=any")
                .anyMatch(line -> line.startsWith("IPAddressAllow=" + reach));
    }

    @ParameterizedTest
    @MethodSource("withOutputs")
    void aNodeWithOutputsHasPinsAndTheHookAndNoOtherDevice(String node) throws IOException {
        String device = PackagedNodes.deviceName(node);
        List<String> unit = unit(node);

        assertThat(unit)
                .contains(
                        "ExecStart=/usr/bin/" + node + " --config ${RUNTIME_DIRECTORY}/" + device + ".conf",
                        "ExecStopPost=/usr/lib/" + node + "/outputs-off ${RUNTIME_DIRECTORY}/" + device + ".conf",
                        "Group=gpio",
                        "DevicePolicy=closed");
        assertThat(unit.stream().filter(line -> line.startsWith("DeviceAllow=")))
                .containsExactly("DeviceAllow=char-gpiochip rw");
    }

    @ParameterizedTest
    @MethodSource("withoutOutputs")
    void aNodeWithoutOutputsHasNoDeviceAtAll(String node) throws IOException {
        assertThat(unit(node))
                .contains("PrivateDevices=yes", "DevicePolicy=closed")
                .noneMatch(line -> line.startsWith("DeviceAllow=")
                        || line.startsWith("BindPaths=")
                        || line.startsWith("Group=")
                        || line.contains("outputs-off"));
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void noPlaceholderIsLeft(String node) throws IOException {
        try (Stream<Path> files = Files.walk(PackagedNodes.generatedFile(node, ""))) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().matches(".*\\.(?:gz|jar)"))
                    .toList()) {
                assertThat(Files.readString(file)).as(file.toString()).doesNotContainPattern("@[a-z.]+@|\\$\\{node");
            }
        }
    }

    private static Path file(String node) {
        return PackagedNodes.generatedFile(node, "/usr/lib/systemd/system/" + node + ".service");
    }

    private static List<String> unit(String node) throws IOException {
        return Files.readAllLines(file(node)).stream()
                .filter(line -> !line.startsWith("#"))
                .toList();
    }
}
