package hearth.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Figures that a build counts and a document shows, between {@code <!-- name -->} and {@code <!-- end of name -->}.
 * They are printed, written to {@code target}, and compared with the document; {@code -Dhearth.docs=write} updates it.
 */
public final class DocumentedFigures {

    private DocumentedFigures() {}

    /** @param document below {@code docs} @param table lines, each with a line feed */
    public static void compare(String document, String name, String table) throws IOException {
        System.out.print(table);
        Files.writeString(target().resolve(name + ".md"), table);
        Path file = Path.of("..", "docs", document);
        try (FileChannel lockFile = FileChannel.open(
                target().resolve("figures.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            var unused = lockFile.lock(); // Test classes run in several processes, and a document has several tables.
            String text = Files.readString(file);
            String begin = "<!-- " + name + " -->\n";
            int from = text.indexOf(begin) + begin.length();
            int to = text.indexOf("<!-- end of " + name + " -->");
            assertThat(to).as("the place of %s in %s", name, file).isGreaterThan(from - 1);
            if ("write".equals(System.getProperty("hearth.docs"))) {
                Files.writeString(file, text.substring(0, from) + table + text.substring(to));
            } else {
                assertThat(text.substring(from, to))
                        .as("%s in %s; update it with -Dhearth.docs=write", name, file)
                        .isEqualTo(table);
            }
        }
    }

    private static Path target() throws IOException {
        return Files.createDirectories(Path.of("target"));
    }
}
