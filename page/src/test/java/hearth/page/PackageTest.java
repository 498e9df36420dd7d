package hearth.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Debian package hearth-page, read and installed with Debian's own tools. */
class PackageTest {

    private static final String SITE = "/usr/share/hearth-page/";
    private static final String DOC = "/usr/share/doc/hearth-page/";
    private static final long LIMIT_S = 300;

    @TempDir
    private Path folder;

    @Test
    void itContainsThePageAndItsDocumentsReadableByAllUsers() throws Exception {
        TreeSet<String> expected = new TreeSet<>(List.of(
                DOC + "changelog.gz",
                DOC + "copyright",
                DOC + "examples/enrolled-listener.conf",
                DOC + "examples/enrolled-mosquitto.service.conf",
                DOC + "examples/hearth.conf",
                DOC + "examples/page.acl",
                "/usr/share/lintian/overrides/hearth-page"));
        try (Stream<Path> files = Files.walk(Path.of("web"))) {
            files.filter(Files::isRegularFile)
                    .map(file -> Path.of("web").relativize(file).toString())
                    .filter(name -> !name.startsWith("js/") && !name.matches("vendor/(README.md|.*LICENSE.*)"))
                    .forEach(name -> expected.add(SITE + name));
        }
        expected.add(SITE + "page.js");

        List<String[]> entries = lines("dpkg-deb", "-c", deb().toString()).stream()
                .map(line -> line.split("\\s+", 6))
                .toList();

        assertThat(entries).allSatisfy(entry -> {
            assertThat(entry[1]).as(entry[5]).isEqualTo("root/root");
            assertThat(entry[0]).as(entry[5]).matches("drwxr-xr-x|-rw-r--r--");
        });
        assertThat(entries.stream().filter(entry -> entry[0].startsWith("-")).map(entry -> entry[5].substring(1)))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void itsScriptIsBuiltFromTheModules() throws Exception {
        unpack();

        assertThat(Files.readString(folder.resolve("." + SITE + "page.js")))
                .isEqualTo(Bundle.of(Path.of("web/js"), Path.of("..")));
    }

    @Test
    void itsSettingsFileBelongsToTheOwner() throws Exception {
        assertThat(lines("dpkg-deb", "-I", deb().toString(), "conffiles")).containsExactly(SITE + "house.json");
    }

    @Test
    void itRequiresNoOtherPackage() throws Exception {
        assertThat(lines("dpkg-deb", "-f", deb().toString(), "Package", "Architecture", "Depends", "Recommends"))
                .containsExactly("Package: hearth-page", "Architecture: all", "Recommends: mosquitto");
    }

    @Test
    void itsCopyrightFileHasTheLicencesOfThirdPartyFiles() throws Exception {
        unpack();
        String copyright = Files.readString(folder.resolve("." + DOC + "copyright"));

        for (String licence : List.of("figtree.LICENSE", "newsreader.LICENSE", "mqtt.LICENSE.md", "uPlot.LICENSE")) {
            String text = Files.readString(Path.of("web/vendor", licence));
            String terms = text.substring(Math.max(text.indexOf("PREAMBLE"), text.indexOf("Permission is hereby")));
            assertThat(words(copyright)).as(licence).contains(words(terms));
        }
    }

    @Test
    void anUpgradeKeepsTheOwnersSettingsAndPurgingRemovesThem() throws Exception {
        Path root = Files.createDirectories(folder.resolve("root"));
        Path settings = root.resolve("." + SITE + "house.json");
        dpkg(root, "-i", version("1", "{}\n"));
        assertThat(settings).hasContent("{}\n");
        Files.writeString(settings, "{ \"prefix\": \"cabin\" }\n");

        dpkg(root, "-i", version("2", "{}\n"));
        assertThat(settings).hasContent("{ \"prefix\": \"cabin\" }\n");

        dpkg(root, "--force-confold", "-i", version("3", "{ \"rooms\": [] }\n"));
        assertThat(settings).hasContent("{ \"prefix\": \"cabin\" }\n");

        dpkg(root, "-r", "hearth-page");
        assertThat(settings).exists();
        assertThat(settings.resolveSibling("page.js")).doesNotExist();

        dpkg(root, "-P", "hearth-page");
        assertThat(settings).doesNotExist();
    }

    @Test
    void lintianFindsNothing() throws Exception {
        assertThat(lines("lintian", "--allow-root", "--fail-on", "error,warning", deb().toString()))
                .isEmpty();
    }

    /** Builds a package of another version with other settings, whose files belong to the user of the test. */
    private String version(String version, String settings) throws Exception {
        Path work = folder.resolve("version-" + version);
        lines("dpkg-deb", "-R", deb().toString(), work.toString());
        Path control = work.resolve("DEBIAN/control");
        Files.writeString(control, Files.readString(control).replaceAll("(?m)^Version: .*", "Version: " + version));
        Files.writeString(work.resolve("." + SITE + "house.json"), settings);
        Path deb = folder.resolve(version + ".deb");
        lines("dpkg-deb", "-b", work.toString(), deb.toString());
        return deb.toString();
    }

    /** Runs dpkg with a folder as the root of the system. */
    private static void dpkg(Path root, String... action) throws Exception {
        Path database = Files.createDirectories(root.resolve("var/lib/dpkg"));
        for (String name : List.of("status", "available")) {
            if (!Files.exists(database.resolve(name))) {
                Files.createFile(database.resolve(name));
            }
        }
        Files.createDirectories(database.resolve("updates"));
        Files.createDirectories(database.resolve("info"));
        List<String> command =
                new ArrayList<>(List.of("dpkg", "--root=" + root, "--force-not-root", "--log=/dev/null"));
        command.addAll(List.of(action));
        lines(command.toArray(String[]::new));
    }

    private void unpack() throws Exception {
        lines("dpkg-deb", "-x", deb().toString(), folder.toString());
    }

    private static Path deb() throws IOException {
        try (var debs = Files.newDirectoryStream(Path.of("target"), "hearth-page_*_all.deb")) {
            List<Path> found = new ArrayList<>();
            debs.forEach(found::add);
            assertThat(found)
                    .as("the package hearth-page in target: build it with mvn package")
                    .hasSize(1);
            return found.get(0);
        }
    }

    private static String words(String text) {
        return text.replaceAll("(?m)^ \\.$", "").replaceAll("\\s+", " ").strip();
    }

    /** Runs a program, which must succeed, and returns its output. */
    private static List<String> lines(String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("output", ".txt");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(output.toFile());
            builder.environment().put("LC_ALL", "C.UTF-8");
            builder.environment().merge("PATH", ":/usr/sbin:/sbin", String::concat);
            Process process = builder.start();
            boolean ended = process.waitFor(LIMIT_S, TimeUnit.SECONDS);
            process.destroyForcibly();
            assertThat(ended).as("%s ends", List.of(command)).isTrue();
            String text = Files.readString(output);
            assertThat(process.exitValue()).as("%s: %s", List.of(command), text).isZero();
            return text.lines().toList();
        } finally {
            Files.delete(output);
        }
    }
}
