package hearth.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.testkit.ProgramRun;
import hearth.testkit.modules.NodeModule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks the packages with Debian's own tools. The virtual Pi tests their installation. */
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
    @MethodSource("nodes")
    void aPackageHasAllFilesOfItsNodeAndNoOthers(String node) throws Exception {
        Set<String> expected = new TreeSet<>(List.of(
                "-rwxr-xr-x /usr/bin/" + node,
                "-rwxr-xr-x /usr/lib/" + node + "/train-cds",
                "-rw-r--r-- /etc/hearth/" + PackagedNodes.deviceName(node) + ".conf",
                "-rw-r--r-- /usr/lib/systemd/system/" + node + ".service",
                "-rw-r--r-- /usr/share/man/man1/" + node + ".1.gz",
                "-rw-r--r-- /usr/share/doc/" + node + "/copyright",
                "-rw-r--r-- /usr/share/doc/" + node + "/changelog.gz",
                "-rw-r--r-- /usr/share/doc/" + node + "/sbom.cdx.json",
                "-rw-r--r-- /usr/share/doc/" + node + "/examples/broker-elsewhere.conf",
                "-rw-r--r-- /usr/share/lintian/overrides/" + node));
        if (hasOutputs(node)) {
            expected.add("-rwxr-xr-x /usr/lib/" + node + "/outputs-off");
            expected.add("-rw-r--r-- /usr/lib/sysusers.d/" + node + ".conf");
            expected.add("-rw-r--r-- /usr/lib/udev/rules.d/60-" + node + ".rules");
        }
        expected.addAll(PackagedNodes.added(node));

        assertThat(filesBesideTheJars(node)).containsExactlyInAnyOrderElementsOf(expected);
    }

    /** Maven builds modules in the order of the root POM unless a dependency requires another; this module has none. */
    @ParameterizedTest
    @MethodSource("nodes")
    void aNodeIsBuiltBeforeItsPackageIsTested(String node) {
        assertThat(NodeModule.modules()).containsSubsequence(PackagedNodes.folder(node), "systemd");
    }

    @Test
    void allOfThemCanBeInstalledOnOnePi() throws Exception {
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
    void everyFileBelongsToRoot(String node) throws Exception {
        assertThat(entries(node)).allSatisfy(entry -> {
            assertThat(entry.owner).as(entry.path).isEqualTo("root/root");
            assertThat(entry.mode).as(entry.path).matches("drwxr-xr-x|-rwxr-xr-x|-rw-r--r--");
        });
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void theJarsAreThoseOfTheTests(String node) throws Exception {
        List<String> built = new ArrayList<>();
        try (var jars = Files.newDirectoryStream(PackagedNodes.jars(node), "*.jar")) {
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
                .contains(node + ".jar")
                .noneMatch(jar -> jar.contains("mock") || jar.contains("junit"));
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void dependenciesAndConfigurationFilesAreDeclared(String node) throws Exception {
        String deb = PackagedNodes.deb(node).toString();

        assertThat(ProgramRun.lines("dpkg-deb", "-f", deb, "Package", "Version", "Architecture", "Depends", "Suggests"))
                .containsExactly(
                        "Package: " + node,
                        "Version: " + PackagedNodes.version(),
                        "Architecture: all",
                        "Depends: default-jre-headless (>= 2:1.17) | java-runtime-headless (>= 17), systemd"
                                + (hasOutputs(node) ? ", gpiod" : "")
                                + more(node, "node.depends"),
                        "Suggests: mosquitto, hearth-tools" + more(node, "node.suggests"));
        assertThat(ProgramRun.lines("dpkg-deb", "-I", deb, "conffiles"))
                .contains("/etc/hearth/" + PackagedNodes.deviceName(node) + ".conf")
                .containsExactlyInAnyOrderElementsOf(entries(node).stream()
                        .filter(DebEntry::isFile)
                        .map(DebEntry::path)
                        .filter(path -> path.startsWith("/etc/"))
                        .toList());
        assertThat(ProgramRun.lines("dpkg-deb", "-I", deb, "triggers")).contains("interest-noawait /usr/lib/jvm");
        for (String script : List.of("postinst", "prerm", "postrm")) {
            Path file = folder.resolve(script);
            Files.write(file, ProgramRun.lines("dpkg-deb", "-I", deb, script));
            assertThat(ProgramRun.run("sh", "-n", file.toString())).isEqualTo(new ProgramRun(0, ""));
        }
    }

    private static String more(String node, String property) {
        String packages = PackagedNodes.property(node, property);
        return packages.isEmpty() ? "" : ", " + packages;
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

    /** The scripts of the package, with a folder of the test as the root of the machine. */
    @ParameterizedTest
    @MethodSource("nodes")
    void itStartsFromTheArchiveThatTrainCdsMade(String node) throws Exception {
        unpack(node);
        Path archive = folder.resolve("var/cache/" + node + "/classes.jsa");

        ProgramRun training =
                ProgramRun.run(folder.resolve("usr/lib/" + node + "/train-cds").toString());

        assertThat(training).isEqualTo(new ProgramRun(0, ""));
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
    void theArchiveHasTheDriversOfARealBoardAndAConnectionToABroker() throws Exception {
        String node = PackagedNodes.withOutputs().get(0);
        unpack(node);
        Path archive = folder.resolve("var/cache/" + node + "/classes.jsa");

        assertThat(ProgramRun.run(
                        folder.resolve("usr/lib/" + node + "/train-cds").toString()))
                .isEqualTo(new ProgramRun(0, ""));

        String names = Files.readString(archive, StandardCharsets.ISO_8859_1);
        assertThat(names.contains("com/pi4j/boardinfo/model/BoardInfo")).isTrue();
        assertThat(names.contains("com/hivemq/client/internal/mqtt/message/publish/puback"))
                .isTrue();
    }

    @Test
    void withoutAValidArchiveItStartsTheSame() throws Exception {
        String node = PackagedNodes.any();
        unpack(node);
        String program = folder.resolve("usr/bin/" + node).toString();
        assertThat(ProgramRun.run(program, "--version"))
                .isEqualTo(new ProgramRun(0, node + " " + PackagedNodes.version() + "\n"));

        Files.writeString(folder.resolve("var/cache/" + node + "/classes.jsa"), "made for another Java");

        assertThat(ProgramRun.run(program, "--version"))
                .isEqualTo(new ProgramRun(0, node + " " + PackagedNodes.version() + "\n"));
    }

    @Test
    void withoutANewEnoughJavaThePackageToInstallIsNamed() throws Exception {
        String node = PackagedNodes.any();
        unpack(node);
        Path program = folder.resolve("usr/bin/" + node);
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
                        78, node + ": found no Java 17 or newer: sudo apt install default-jre-headless\n"));
    }

    private static boolean hasOutputs(String node) {
        return PackagedNodes.withOutputs().contains(node);
    }

    private void unpack(String node) throws IOException, InterruptedException {
        ProgramRun.lines("dpkg-deb", "-x", PackagedNodes.deb(node).toString(), folder.toString());
        for (String script : List.of("usr/bin/" + node, "usr/lib/" + node + "/train-cds")) {
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
