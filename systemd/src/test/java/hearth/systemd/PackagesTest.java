package hearth.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.testkit.ProgramRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The packages, as Debian's own tools see them. What they do when they are installed the virtual Pi shows. */
class PackagesTest {

    @TempDir
    private Path folder;

    static Stream<String> nodes() {
        return PackagedNodes.names().stream();
    }

    /** One line of {@code dpkg-deb -c}. */
    private record DebEntry(String mode, String owner, String path) {

        static DebEntry of(String line) {
            String[] words = line.split("\\s+", 6);
            return new DebEntry(words[0], words[1], words[5].substring(1));
        }

        boolean isFile() {
            return !mode.startsWith("d");
        }
    }

    @ParameterizedTest
    @CsvSource({"thermostat-node, thermostat", "coffee-node, coffee"})
    void aNodeWithPinsBringsAllItNeeds(String node, String device) throws Exception {
        assertThat(filesBesideTheJars(node))
                .containsExactlyInAnyOrder(
                        "-rwxr-xr-x /usr/bin/" + node,
                        "-rwxr-xr-x /usr/lib/" + node + "/outputs-off",
                        "-rwxr-xr-x /usr/lib/" + node + "/rehearse",
                        "-rw-r--r-- /etc/hearth/" + device + ".conf",
                        "-rw-r--r-- /usr/lib/systemd/system/" + node + ".service",
                        "-rw-r--r-- /usr/lib/sysusers.d/" + node + ".conf",
                        "-rw-r--r-- /usr/lib/udev/rules.d/60-" + node + ".rules",
                        "-rw-r--r-- /usr/share/man/man1/" + node + ".1.gz",
                        "-rw-r--r-- /usr/share/doc/" + node + "/copyright",
                        "-rw-r--r-- /usr/share/doc/" + node + "/changelog.gz",
                        "-rw-r--r-- /usr/share/doc/" + node + "/sbom.cdx.json",
                        "-rw-r--r-- /usr/share/doc/" + node + "/examples/broker-elsewhere.conf",
                        "-rwxr-xr-x /usr/share/" + node + "/broker/enrol",
                        "-rwxr-xr-x /usr/share/" + node + "/broker/heal",
                        "-rw-r--r-- /usr/share/" + node + "/broker/hearth.conf",
                        "-rwxr-xr-x /usr/share/" + node + "/broker/install",
                        "-rw-r--r-- /usr/share/" + node + "/broker/mosquitto.service.conf",
                        "-rw-r--r-- /usr/share/" + node + "/broker/rights.table",
                        "-rw-r--r-- /usr/share/lintian/overrides/" + node);
    }

    @Test
    void theCarBringsNoPins() throws Exception {
        assertThat(filesBesideTheJars("car-node"))
                .containsExactlyInAnyOrder(
                        "-rwxr-xr-x /usr/bin/car-node",
                        "-rwxr-xr-x /usr/lib/car-node/rehearse",
                        "-rw-r--r-- /etc/hearth/car.conf",
                        "-rw-r--r-- /usr/lib/systemd/system/car-node.service",
                        "-rw-r--r-- /usr/share/man/man1/car-node.1.gz",
                        "-rw-r--r-- /usr/share/doc/car-node/copyright",
                        "-rw-r--r-- /usr/share/doc/car-node/changelog.gz",
                        "-rw-r--r-- /usr/share/doc/car-node/sbom.cdx.json",
                        "-rw-r--r-- /usr/share/doc/car-node/examples/broker-elsewhere.conf",
                        "-rwxr-xr-x /usr/share/car-node/broker/enrol",
                        "-rwxr-xr-x /usr/share/car-node/broker/heal",
                        "-rw-r--r-- /usr/share/car-node/broker/hearth.conf",
                        "-rwxr-xr-x /usr/share/car-node/broker/install",
                        "-rw-r--r-- /usr/share/car-node/broker/mosquitto.service.conf",
                        "-rw-r--r-- /usr/share/car-node/broker/rights.table",
                        "-rw-r--r-- /usr/share/doc/car-node/examples/serial-gps.conf",
                        "-rw-r--r-- /usr/share/lintian/overrides/car-node");
    }

    @Test
    void allThreeCanBeInstalledOnOnePi() throws Exception {
        Map<String, String> owners = new HashMap<>();
        for (String node : PackagedNodes.names()) {
            for (DebEntry entry : entries(node)) {
                if (entry.isFile()) {
                    assertThat(owners.put(entry.path, node)).as(entry.path).isNull();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void everythingIsRoots(String node) throws Exception {
        assertThat(entries(node)).allSatisfy(entry -> {
            assertThat(entry.owner).as(entry.path).isEqualTo("root/root");
            assertThat(entry.mode).as(entry.path).matches("drwxr-xr-x|-rwxr-xr-x|-rw-r--r--");
        });
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void theJarsAreThoseTheNodeWasTestedWith(String node) throws Exception {
        List<String> built = new ArrayList<>();
        try (var jars = Files.newDirectoryStream(PackagedNodes.generatedFile(node, "../lib"), "*.jar")) {
            jars.forEach(jar -> built.add(jar.getFileName().toString()));
        }

        List<String> packaged = entries(node).stream()
                .filter(DebEntry::isFile)
                .map(DebEntry::path)
                .filter(path -> path.endsWith(".jar"))
                .map(path -> path.replace("/usr/lib/" + node + "/lib/", ""))
                .toList();

        assertThat(packaged)
                .containsAll(built)
                .hasSize(built.size() + 1)
                .anyMatch(jar -> jar.startsWith(node))
                .noneMatch(jar -> jar.contains("mock") || jar.contains("junit"));
    }

    @ParameterizedTest
    @CsvSource({
        "thermostat-node, thermostat, true",
        "coffee-node, coffee, true",
        "car-node, car, false",
    })
    void itSaysWhatItNeedsAndWhatIsTheOwners(String node, String device, boolean pins) throws Exception {
        String deb = PackagedNodes.deb(node).toString();

        assertThat(ProgramRun.lines("dpkg-deb", "-f", deb, "Package", "Architecture", "Depends"))
                .containsExactly(
                        "Package: " + node,
                        "Architecture: all",
                        "Depends: default-jre-headless (>= 2:1.17) | java-runtime-headless (>= 17), systemd"
                                + (pins ? ", gpiod" : ""));
        assertThat(ProgramRun.lines("dpkg-deb", "-I", deb, "conffiles"))
                .containsExactly("/etc/hearth/" + device + ".conf");
        assertThat(ProgramRun.lines("dpkg-deb", "-I", deb, "triggers")).contains("interest-noawait /usr/lib/jvm");
        for (String script : List.of("postinst", "prerm", "postrm")) {
            Path file = folder.resolve(script);
            Files.write(file, ProgramRun.lines("dpkg-deb", "-I", deb, script));
            assertThat(ProgramRun.run("sh", "-n", file.toString())).isEqualTo(new ProgramRun(0, ""));
        }
    }

    @Test
    void lintianFindsNothing() throws Exception {
        List<String> command = new ArrayList<>(List.of("lintian", "--allow-root", "--fail-on", "error,warning"));
        for (String node : PackagedNodes.names()) {
            command.add(PackagedNodes.deb(node).toString());
        }

        ProgramRun lintian = ProgramRun.run(command.toArray(String[]::new));

        assertThat(lintian.output()).isEmpty();
        assertThat(lintian.status()).isZero();
    }

    /** The package's own scripts, with the root of the machine in a folder of ours. */
    @ParameterizedTest
    @MethodSource("nodes")
    void itStartsFromTheClassArchiveThatTheRehearsalMade(String node) throws Exception {
        unpack(node);
        Path archive = folder.resolve("var/cache/" + node + "/classes.jsa");

        ProgramRun rehearsal =
                ProgramRun.run(folder.resolve("usr/lib/" + node + "/rehearse").toString());

        assertThat(rehearsal).isEqualTo(new ProgramRun(0, ""));
        assertThat(archive).isNotEmptyFile();
        assertThat(archive.getParent()).isDirectoryContaining(archive::equals);
        try (Stream<Path> left = Files.list(archive.getParent())) {
            assertThat(left).containsExactly(archive);
        }
        Path log = folder.resolve("classes.log");
        ProgramRun version = ProgramRun.run(
                Map.of("JDK_JAVA_OPTIONS", "-Xlog:class+load:file=" + log),
                folder.resolve("usr/bin/" + node).toString(),
                "--version");
        assertThat(version.output()).endsWith(node + " " + PackagedNodes.version() + "\n");
        assertThat(Files.readString(log))
                .containsPattern("hearth\\.common\\.runtime\\.Launcher source: shared objects file \\(top\\)");
    }

    @Test
    void theArchiveKnowsTheDriversOfARealBoardAndTheConversation() throws Exception {
        unpack("thermostat-node");
        Path archive = folder.resolve("var/cache/thermostat-node/classes.jsa");

        assertThat(ProgramRun.run(
                        folder.resolve("usr/lib/thermostat-node/rehearse").toString()))
                .isEqualTo(new ProgramRun(0, ""));

        String names = Files.readString(archive, StandardCharsets.ISO_8859_1);
        assertThat(names.contains("com/pi4j/boardinfo/model/BoardInfo")).isTrue();
        assertThat(names.contains("com/hivemq/client/internal/mqtt/message/publish/puback"))
                .isTrue();
    }

    @Test
    void withoutAnArchiveOrWithAWornOneItStartsAllTheSame() throws Exception {
        unpack("coffee-node");
        String program = folder.resolve("usr/bin/coffee-node").toString();
        assertThat(ProgramRun.run(program, "--version"))
                .isEqualTo(new ProgramRun(0, "coffee-node " + PackagedNodes.version() + "\n"));

        Files.writeString(folder.resolve("var/cache/coffee-node/classes.jsa"), "made for another Java");

        assertThat(ProgramRun.run(program, "--version"))
                .isEqualTo(new ProgramRun(0, "coffee-node " + PackagedNodes.version() + "\n"));
    }

    @Test
    void withoutANewEnoughJavaItSaysWhatToInstall() throws Exception {
        unpack("car-node");
        Path program = folder.resolve("usr/bin/car-node");
        Path old = Files.createDirectories(folder.resolve("old/bin"));
        Files.writeString(folder.resolve("old/release"), "JAVA_VERSION=\"11.0.2\"\n");
        Files.copy(Path.of("/bin/true"), old.resolve("java"));
        Files.writeString(
                program,
                Files.readString(program)
                        .replace(java(), old.resolve("java").toString())
                        .replace("/usr/lib/jvm/", folder + "/none/"));

        assertThat(ProgramRun.run(program.toString(), "--version"))
                .isEqualTo(new ProgramRun(
                        78,
                        "car-node: needs Java 17 or newer, and there is none: apt-get install default-jre-headless\n"));
    }

    @Test
    void aPiWithoutTheSourcesCanEnrolADevice() throws Exception {
        ProgramRun.lines("dpkg-deb", "-x", PackagedNodes.deb("car-node").toString(), folder.toString());
        String enrol = folder.resolve("usr/share/car-node/broker/enrol").toString();
        String keys = folder.resolve("keys").toString();

        ProgramRun.lines(enrol, "--in", keys, "--broker", "hearth.local");
        ProgramRun.lines(enrol, "--in", keys, "car");

        assertThat(folder.resolve("keys/devices/car/broker.key-store")).isNotEmptyFile();
        assertThat(folder.resolve("keys/broker/install")).isExecutable();
    }

    private void unpack(String node) throws IOException, InterruptedException {
        ProgramRun.lines("dpkg-deb", "-x", PackagedNodes.deb(node).toString(), folder.toString());
        for (String script : List.of("usr/bin/" + node, "usr/lib/" + node + "/rehearse")) {
            Path file = folder.resolve(script);
            Files.writeString(
                    file,
                    Files.readString(file)
                            .replace("/usr/bin/java", java())
                            .replace("/usr/lib/" + node, folder + "/usr/lib/" + node)
                            .replace("/usr/bin/" + node, folder + "/usr/bin/" + node)
                            .replace("/var/cache/", folder + "/var/cache/"));
        }
    }

    /** The Java that these tests run on. */
    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static List<String> filesBesideTheJars(String node) throws IOException, InterruptedException {
        return entries(node).stream()
                .filter(DebEntry::isFile)
                .filter(entry -> !entry.path.endsWith(".jar"))
                .map(entry -> entry.mode + " " + entry.path)
                .toList();
    }

    private static List<DebEntry> entries(String node) throws IOException, InterruptedException {
        return ProgramRun.lines("dpkg-deb", "-c", PackagedNodes.deb(node).toString()).stream()
                .map(DebEntry::of)
                .toList();
    }
}
