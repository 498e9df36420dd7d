package hearth.systemd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import hearth.testkit.ProgramRun;
import hearth.testkit.fault.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Installs the broker's files below a folder of the test, and moves a damaged database aside. */
@Timeout(180)
class BrokerFilesTest {

    @TempDir
    private Path folder;

    private Path keys;
    private Path root;

    @BeforeEach
    void enrolBroker() throws Exception {
        keys = folder.resolve("keys");
        root = Files.createDirectories(folder.resolve("root"));
        enrol("--broker", "hearth.local");
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Path systemctl = Files.writeString(
                bin.resolve("systemctl"), "#!/bin/sh\necho \"$@\" >>" + folder.resolve("calls") + "\n");
        Files.setPosixFilePermissions(systemctl, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void theFirstTimeAllFilesAreInstalledAndTheBrokerStarts() throws Exception {
        assertThat(install()).startsWith("install: changed: rights passwords").endsWith("; the broker has restarted\n");

        try (Stream<Path> files = Files.walk(root)) {
            assertThat(files.filter(Files::isRegularFile).map(file -> mode(file) + " " + root.relativize(file)))
                    .containsExactlyInAnyOrder(
                            "rw-r----- etc/mosquitto/hearth/rights",
                            "rw-r----- etc/mosquitto/hearth/passwords",
                            "rw-r----- etc/mosquitto/hearth/ca.crt",
                            "rw-r----- etc/mosquitto/hearth/broker.crt",
                            "rw-r----- etc/mosquitto/hearth/broker.key",
                            "rw-r----- etc/mosquitto/hearth/crl.pem",
                            "rw-r----- etc/mosquitto/hearth/hearth.conf",
                            "rwxr-xr-x etc/mosquitto/hearth/heal",
                            "rw-r--r-- etc/systemd/system/mosquitto.service.d/mosquitto.service.conf");
        }
        assertThat(systemctlCalls()).containsExactly("daemon-reload", "enable --quiet mosquitto", "restart mosquitto");
    }

    @Test
    void aNewDeviceNeedsNoRestartOfTheBroker() throws Exception {
        install();
        Files.delete(folder.resolve("calls"));
        enrol("car");

        assertThat(install()).isEqualTo("install: changed: rights; the broker has loaded them\n");

        assertThat(systemctlCalls()).containsExactly("--quiet is-active mosquitto", "reload mosquitto");
        assertThat(install()).isEqualTo("install: nothing has changed\n");
    }

    @Test
    void aRevokedPasswordNeedsAReloadAndARevokedCertificateARestart() throws Exception {
        enrol("car");
        enrol("owner");
        install();

        enrol("--revoke", "owner");
        assertThat(install()).isEqualTo("install: changed: rights passwords; the broker has loaded them\n");
        enrol("--revoke", "car");
        assertThat(install()).isEqualTo("install: changed: rights crl.pem; the broker has restarted\n");
    }

    @Test
    void anIncompleteFolderIsRejected() throws Exception {
        Files.delete(keys.resolve("broker/crl.pem"));

        ProgramRun run =
                ProgramRun.run(environment(), keys.resolve("broker/install").toString());

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.output()).startsWith("install: there is no crl.pem in ");
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void otherConfigurationOfMosquittoIsReportedAsIgnored() throws Exception {
        Path others = Files.createDirectories(root.resolve("etc/mosquitto/conf.d"));
        Files.writeString(others.resolve("open.conf"), "allow_anonymous true\n");

        assertThat(install()).contains("Mosquitto no longer reads " + others + "/open.conf: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NUL", "5 bytes", "its last byte less", "nonsense"})
    @Fault("E13")
    void aDatabaseThatMosquittoCannotReadIsMovedAside(String damage) throws Exception {
        Path database = database();
        byte[] good = Files.readAllBytes(database);
        byte[] bad =
                switch (damage) {
                    case "NUL" -> new byte[good.length];
                    case "5 bytes" -> Arrays.copyOf(good, 5);
                    case "nonsense" -> "nonsense".repeat(100).getBytes(UTF_8);
                    default -> Arrays.copyOf(good, good.length - 1);
                };
        Files.write(database, bad);

        ProgramRun heal = runHeal(database);

        assertThat(heal.status()).isZero();
        assertThat(heal.output()).startsWith("<4>heal: Mosquitto cannot read its database (");
        assertThat(database).doesNotExist();
        assertThat(Path.of(database + ".broken")).hasBinaryContent(bad);
        try (Stream<Path> left = Files.list(database.getParent())) {
            assertThat(left).hasSize(1);
        }
    }

    @Test
    void aGoodDatabaseStaysAndAMissingOneIsNoError() throws Exception {
        Path database = database();
        byte[] good = Files.readAllBytes(database);

        assertThat(runHeal(database)).isEqualTo(new ProgramRun(0, ""));

        assertThat(database).hasBinaryContent(good);
        Files.delete(database);
        assertThat(runHeal(database)).isEqualTo(new ProgramRun(0, ""));
        assertThat(database.getParent()).isEmptyDirectory();
    }

    private static ProgramRun runHeal(Path database) throws IOException, InterruptedException {
        return ProgramRun.run(
                PackagedNodes.broker("heal").toAbsolutePath().toString(),
                database.getParent().toString());
    }

    /** The database that a Mosquitto leaves after a normal end. */
    private Path database() throws IOException, InterruptedException {
        Path database = Files.createDirectories(folder.resolve("lib")).resolve("mosquitto.db");
        Path conf = Files.writeString(
                folder.resolve("mosquitto.conf"), """
                listener 0 %s/socket
                allow_anonymous true
                persistence true
                persistence_location %s/
                log_dest file %s/log
                user root
                """.formatted(folder, database.getParent(), folder));
        Map<String, String> path = Map.of("PATH", System.getenv("PATH") + ":/usr/sbin");
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", "exec mosquitto -c " + conf);
        builder.environment().putAll(path);
        Process broker = builder.start();
        Path log = folder.resolve("log");
        while (broker.isAlive() && !(Files.exists(log) && Files.readString(log).contains("running"))) {
            broker.waitFor(20, TimeUnit.MILLISECONDS);
        }
        broker.destroy();
        assertThat(broker.waitFor()).isZero();
        return database;
    }

    private String install() throws IOException, InterruptedException {
        ProgramRun run =
                ProgramRun.run(environment(), keys.resolve("broker/install").toString());
        assertThat(run.status()).as(run.output()).isZero();
        return run.output();
    }

    private Map<String, String> environment() {
        return Map.of("DESTDIR", root.toString(), "PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
    }

    private List<String> systemctlCalls() throws IOException {
        return Files.readAllLines(folder.resolve("calls"));
    }

    private void enrol(String... arguments) throws IOException, InterruptedException {
        String[] command = Stream.concat(Stream.of("../tools/enrol", "--in", keys.toString()), Stream.of(arguments))
                .toArray(String[]::new);
        ProgramRun.lines(command);
    }

    private static String mode(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
