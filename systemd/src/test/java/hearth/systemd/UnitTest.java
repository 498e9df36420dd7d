package hearth.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the units promise, and by systemd's own measure how little a node that was taken over could do. */
class UnitTest {

    @TempDir
    private Path folder;

    static Stream<String> nodes() {
        return Nodes.names().stream();
    }

    @ParameterizedTest
    @CsvSource({"thermostat-node, 1.3", "coffee-node, 1.3", "car-node, 1.1"})
    void exposureIsAtMost(String node, double most) throws Exception {
        Path unit = Files.copy(Nodes.made(node, "node.service"), folder.resolve(node + ".service"));

        Command analysis = Command.run(
                "systemd-analyze",
                "--no-pager",
                "security",
                "--offline=true",
                "--threshold=" + Math.round(most * 10),
                unit.toString());

        assertThat(analysis.said()).contains("Overall exposure level for " + node + ".service: ");
        assertThat(analysis.status()).as(analysis.said()).isZero();
    }

    /** As Debian's package has it. */
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
        Path ours = Files.createDirectories(units.resolve("mosquitto.service.d"));

        assertThat(exposureOfTheBroker(10).said()).contains("mosquitto.service: 9.");

        Files.copy(Nodes.broker("mosquitto.service.conf"), ours.resolve("hearth.conf"));

        Command analysis = exposureOfTheBroker(10);
        assertThat(analysis.said()).contains("Overall exposure level for mosquitto.service: ");
        assertThat(analysis.status()).as(analysis.said()).isZero();
    }

    private Command exposureOfTheBroker(int threshold) throws IOException, InterruptedException {
        return Command.run(
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
    void everyNodeIsWatchedAndStartedAgainForEver(String node) throws IOException {
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
    @CsvSource({"thermostat-node, thermostat", "coffee-node, coffee"})
    void aNodeWithPinsHasThemAndTheHookAndNoOtherDevice(String node, String device) throws IOException {
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

    @Test
    void theCarHasNoDeviceAtAll() throws IOException {
        assertThat(unit("car-node"))
                .contains("PrivateDevices=yes", "DevicePolicy=closed")
                .noneMatch(line -> line.startsWith("DeviceAllow=")
                        || line.startsWith("BindPaths=")
                        || line.startsWith("Group=")
                        || line.contains("outputs-off"));
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void nothingIsLeftToFillIn(String node) throws IOException {
        try (Stream<Path> files = Files.walk(Nodes.made(node, ""))) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().endsWith(".gz"))
                    .toList()) {
                assertThat(Files.readString(file)).as(file.toString()).doesNotContainPattern("@[a-z.]+@|\\$\\{node");
            }
        }
    }

    private static List<String> unit(String node) throws IOException {
        return Files.readAllLines(Nodes.made(node, "node.service")).stream()
                .filter(line -> !line.startsWith("#"))
                .toList();
    }
}
