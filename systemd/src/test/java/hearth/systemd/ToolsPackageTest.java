package hearth.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.testkit.ProgramRun;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The package hearth-tools: its files, and its commands as they are installed. */
class ToolsPackageTest {

    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern OPTION = Pattern.compile("--[a-z][a-z-]+");

    @TempDir
    private static Path folder;

    private static Path deb;

    /** The root folder of a machine with only this package. */
    private static Path root;

    @BeforeAll
    static void unpack() throws Exception {
        deb = only(PROJECT.resolve("tools/target"), "hearth-tools_*_all.deb");
        root = folder.resolve("root");
        ProgramRun.lines("dpkg-deb", "-x", deb.toString(), root.toString());
    }

    @Test
    void itHasTheCommandsTheirManualsTheBrokersFilesAndTheRightsOfEveryDevice() throws Exception {
        List<String> expected = new ArrayList<>(List.of(
                "-rwxr-xr-x /usr/bin/hearth-enrol",
                "-rwxr-xr-x /usr/bin/hearth-history",
                "-rwxr-xr-x /usr/bin/hearth-sign",
                "-rw-r--r-- /usr/share/man/man1/hearth-enrol.1.gz",
                "-rw-r--r-- /usr/share/man/man1/hearth-history.1.gz",
                "-rw-r--r-- /usr/share/man/man1/hearth-sign.1.gz",
                "-rwxr-xr-x /usr/share/hearth-tools/broker/heal",
                "-rw-r--r-- /usr/share/hearth-tools/broker/hearth.conf",
                "-rwxr-xr-x /usr/share/hearth-tools/broker/install",
                "-rw-r--r-- /usr/share/hearth-tools/broker/mosquitto.service.conf",
                "-rw-r--r-- /usr/share/hearth-tools/broker/rights.table",
                "-rw-r--r-- /usr/share/doc/hearth-tools/changelog.gz",
                "-rw-r--r-- /usr/share/doc/hearth-tools/copyright",
                "-rw-r--r-- /usr/share/doc/hearth-tools/examples/node-red/hearth.json",
                "-rw-r--r-- /usr/share/doc/hearth-tools/sbom.cdx.json",
                "-rw-r--r-- /usr/share/lintian/overrides/hearth-tools"));
        for (Path file : rightsOfTheDevices()) {
            expected.add("-rw-r--r-- /usr/share/hearth-tools/broker/rights.d/" + file.getFileName());
        }

        List<String> files = new ArrayList<>();
        for (String line : ProgramRun.lines("dpkg-deb", "-c", deb.toString())) {
            String[] words = line.split("\\s+", 6);
            assertThat(words[1]).as(line).isEqualTo("root/root");
            if (!words[0].startsWith("d") && !words[5].endsWith(".jar")) {
                files.add(words[0] + " " + words[5].substring(1));
            }
        }

        assertThat(files).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void javaIsOnlyRecommendedBecauseTwoCommandsDoNotNeedIt() throws Exception {
        assertThat(ProgramRun.lines(
                        "dpkg-deb",
                        "-f",
                        deb.toString(),
                        "Package",
                        "Architecture",
                        "Depends",
                        "Recommends",
                        "Suggests"))
                .containsExactly(
                        "Package: hearth-tools",
                        "Architecture: all",
                        "Depends: openssl",
                        "Recommends: default-jre-headless (>= 2:1.17) | java-runtime-headless (>= 17)",
                        "Suggests: mosquitto, mosquitto-clients");
    }

    @Test
    void lintianFindsNothing() throws Exception {
        assertThat(ProgramRun.run("lintian", "--allow-root", "--fail-on", "error,warning", deb.toString()))
                .isEqualTo(new ProgramRun(0, ""));
    }

    @Test
    void itsJarsAreOnTheListAndNoneIsADriver() throws Exception {
        assertThat(ProgramRun.run(
                        "sh",
                        PROJECT.resolve("supply/check-jars").toString(),
                        PROJECT.resolve("tools/target/lib").toString()))
                .isEqualTo(new ProgramRun(0, ""));
        assertThat(jars())
                .anyMatch(jar -> jar.startsWith("hearth-tools"))
                .anyMatch(jar -> jar.startsWith("hivemq-mqtt-client"))
                .noneMatch(jar -> jar.matches("(?:pi4j|h2-|junit|assertj).*"));
    }

    @Test
    void theSbomListsItsJars() throws Exception {
        String sbom = Files.readString(root.resolve("usr/share/doc/hearth-tools/sbom.cdx.json"));

        for (String jar : jars()) {
            String name = jar.replaceFirst("(?:-[0-9][^-]*(?:-[A-Za-z].*)?)?\\.jar$", "");
            assertThat(sbom).as(jar).contains("\"name\" : \"" + name + "\"");
        }
        assertThat(sbom).doesNotContain("\"timestamp\"", "serialNumber", "pi4j");
    }

    /** The kinds and rights of the package are those of a checkout. */
    @Test
    void enrolGivesTheSameRightsAsFromTheSources() throws Exception {
        Map<String, List<String>> rights = new TreeMap<>();
        for (String enrol :
                List.of(command("hearth-enrol"), PROJECT.resolve("tools/enrol").toString())) {
            Path keys = folder.resolve("keys-" + rights.size());
            ProgramRun.lines(enrol, "--in", keys.toString(), "--broker", "hearth.local");
            ProgramRun.lines(enrol, "--in", keys.toString(), "car");
            ProgramRun.lines(enrol, "--in", keys.toString(), "livingroom", "thermostat");
            rights.put(enrol, Files.readAllLines(keys.resolve("broker/rights")));
            assertThat(keys.resolve("devices/car/broker.key-store")).isNotEmptyFile();
            assertThat(keys.resolve("broker/install")).isExecutable();
        }

        assertThat(new TreeSet<>(rights.values().stream()
                        .map(TreeSet::new)
                        .map(String::valueOf)
                        .toList()))
                .hasSize(1);
    }

    @Test
    void signSigns() throws Exception {
        String keys = folder.resolve("signing").toString();
        ProgramRun.lines(command("hearth-sign"), "--new-key", keys);

        assertThat(ProgramRun.lines(
                        command("hearth-sign"), "--key", keys + "/owner.key", "home/airco/target/set", "21.0"))
                .singleElement()
                .asString()
                .startsWith("{\"id\":\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hearth-enrol", "hearth-sign", "hearth-history"})
    void theManualNamesEveryOptionOfTheHelp(String command) throws Exception {
        ProgramRun help = ProgramRun.run(program(command), "--help");
        assertThat(help.status()).as(help.output()).isZero();
        String manual = String.join("\n", ProgramRun.lines("zcat", root + "/usr/share/man/man1/" + command + ".1.gz"))
                .replace("\\-", "-");

        assertThat(help.output()).contains(command + ": ");
        assertThat(OPTION.matcher(help.output())
                        .results()
                        .map(MatchResult::group)
                        .distinct())
                .isNotEmpty()
                .allSatisfy(option -> assertThat(manual).contains(option));
    }

    @Test
    void withoutJavaHistoryNamesThePackageToInstall() throws Exception {
        Path program = Path.of(program("hearth-history"));
        Files.writeString(
                program, Files.readString(program).replace(java(), "/none").replace("/usr/lib/jvm/", "/none/"));

        assertThat(ProgramRun.run(program.toString(), "--help"))
                .isEqualTo(new ProgramRun(
                        78, "hearth-history: found no Java 17 or newer: sudo apt install default-jre-headless\n"));
    }

    /** A copy of an installed command that starts the Java of this test. */
    private static String program(String command) throws IOException {
        Path program = root.resolve("usr/bin/" + command);
        Path copy = program.resolveSibling("tested-" + command);
        Files.copy(program, copy, StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(copy, Files.readString(copy).replace("/usr/bin/java", java()));
        return copy.toString();
    }

    private static String command(String name) {
        return root.resolve("usr/bin/" + name).toString();
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static List<String> jars() throws IOException {
        try (Stream<Path> files = Files.list(root.resolve("usr/lib/hearth-tools/lib"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static List<Path> rightsOfTheDevices() throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> modules = Files.newDirectoryStream(PROJECT)) {
            for (Path module : modules) {
                Path rights = module.resolve("src/main/rights");
                if (Files.isDirectory(rights)) {
                    try (DirectoryStream<Path> files = Files.newDirectoryStream(rights, "*.rights")) {
                        files.forEach(found::add);
                    }
                }
            }
        }
        assertThat(found).isNotEmpty();
        return found;
    }

    private static Path only(Path folder, String glob) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, glob)) {
            files.forEach(found::add);
        }
        assertThat(found).as("%s in %s, from mvn package", glob, folder).hasSize(1);
        return found.get(0);
    }
}
