package hearth.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.testkit.ProgramRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The build runs and packages only jars whose checksums are in {@code supply/jars.sha256}. */
class JarChecksumsTest {

    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
    private static final String PLUGIN_RUN = "/maven-resources-plugin-3.3.1.jar";

    private static List<String> expectedChecksums = List.of();

    @TempDir
    private Path folder;

    static Stream<String> nodes() {
        return PackagedNodes.names().stream();
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void everyPackagedJarIsOnTheList(String node) throws Exception {
        assertThat(ProgramRun.run("sh", script(), PackagedNodes.jars(node).toString()))
                .isEqualTo(new ProgramRun(0, ""));
    }

    @Test
    void aJarThatWasChangedIsNotPackaged() throws Exception {
        Path jar = nodeJar();
        Files.write(jar, new byte[1], StandardOpenOption.APPEND);

        ProgramRun check = ProgramRun.run("sh", script(), folder.toString());

        assertThat(check.status()).isEqualTo(1);
        assertThat(check.output()).startsWith(jar.getFileName() + " differs from supply/jars.sha256: its SHA-256 is ");
    }

    @Test
    void aJarThatIsNotOnTheListIsNotPackaged() throws Exception {
        Path jar = nodeJar();
        Files.move(jar, folder.resolve("more-" + jar.getFileName()));

        ProgramRun check = ProgramRun.run("sh", script(), folder.toString());

        assertThat(check.status()).isEqualTo(1);
        assertThat(check.output())
                .isEqualTo("more-" + jar.getFileName()
                        + " is not in supply/jars.sha256 and must not be packaged: see docs/supply.md\n");
    }

    @Test
    void mavenFailsBeforeItRunsAChangedJar() throws Exception {
        ProgramRun build = mavenWith(line -> line.endsWith(PLUGIN_RUN) ? "0".repeat(64) + line.substring(64) : line);

        assertThat(build.output())
                .contains(PLUGIN_RUN + " differs from supply/jars.sha256: its SHA-256 is ")
                .doesNotContain("ran: resources");
        assertThat(build.status()).isEqualTo(1);
    }

    @Test
    void mavenFailsBeforeItRunsAJarThatIsNotOnTheList() throws Exception {
        ProgramRun build = mavenWith(line -> line.endsWith(PLUGIN_RUN) ? "# gone" : line);

        assertThat(build.output())
                .contains(
                        PLUGIN_RUN + " is not in supply/jars.sha256. If you chose another version, see docs/supply.md")
                .doesNotContain("ran: resources");
        assertThat(build.status()).isEqualTo(1);
    }

    /** Another version of Maven may need other jars, so they only cause a warning. A jar on the list must be right. */
    @Test
    void anotherMavenIsWarnedOfItsUnlistedJars() throws Exception {
        ProgramRun build =
                mavenWith(line -> line.endsWith(PLUGIN_RUN) ? "# gone" : line.replace("# Maven ", "# Maven 0."));

        assertThat(build.output()).contains(PLUGIN_RUN + " is not in supply/jars.sha256.", "ran: resources");
        assertThat(build.status()).isZero();
    }

    /** The checksums of the plugin that runs here and of its dependencies, as they are now. */
    @BeforeAll
    static void recordChecksums(@TempDir Path work) throws Exception {
        ProgramRun build = maven(work, "-Dsupply.record='%s'".formatted(work.resolve("list")));

        assertThat(build.status()).as(build.output()).isZero();
        expectedChecksums = new ArrayList<>(ProgramRun.lines(
                "bash", "-c", ". '%s/bin/.lib.sh'; echo \"# Maven $(maven_version)\"".formatted(PROJECT)));
        expectedChecksums.addAll(Files.readAllLines(work.resolve("list")));
        assertThat(expectedChecksums).hasSizeGreaterThan(5).anyMatch(line -> line.endsWith(PLUGIN_RUN));
    }

    private ProgramRun mavenWith(UnaryOperator<String> change) throws IOException, InterruptedException {
        Path list = Files.write(
                folder.resolve("list"), expectedChecksums.stream().map(change).toList());
        return maven(folder, "-Dsupply.list='%s'".formatted(list));
    }

    /** Runs one plugin, as bin/verify does, in a small project. */
    private static ProgramRun maven(Path work, String property) throws IOException, InterruptedException {
        Path pom = Files.writeString(work.resolve("pom.xml"), """
                <project>
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>small</groupId>
                  <artifactId>small</artifactId>
                  <version>1</version>
                </project>
                """);
        return ProgramRun.run(Map.of("MAVEN_OPTS", "-XX:TieredStopAtLevel=1"), "bash", "-c", """
                . '%s/bin/.lib.sh'
                need_jdk
                need_listed_jars
                mvn -o -B -f '%s' "${listed_jars[@]}" %s -Dmaven.repo.local='%s' -Dproject.build.sourceEncoding=UTF-8 \\
                  org.apache.maven.plugins:maven-resources-plugin:3.3.1:resources && echo ran: resources
                """.formatted(
                        PROJECT, pom, property, System.getProperty("localRepository")));
    }

    private Path nodeJar() throws IOException {
        Path lib = PackagedNodes.jars(PackagedNodes.any());
        try (Stream<Path> jars = Files.list(lib)) {
            Path jar = jars.filter(file -> file.getFileName().toString().startsWith("slf4j"))
                    .findFirst()
                    .orElseThrow();
            return Files.copy(jar, folder.resolve(jar.getFileName()));
        }
    }

    private static String script() {
        return PROJECT.resolve("supply/check-jars").toString();
    }
}
