package hearth.proving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Compares documents with the text rendered from the code; {@code -Dhearth.docs=write} writes them instead. */
final class RenderedDocs {

    static final Path PROJECT = Path.of("..");

    private static final boolean WRITE = "write".equals(System.getProperty("hearth.docs"));

    private RenderedDocs() {}

    static boolean isWriting() {
        return WRITE;
    }

    static Path file(String name) {
        return PROJECT.resolve("docs").resolve(name);
    }

    static void assertUpToDate(String name, CharSequence rendered) throws IOException {
        String text = rendered.toString().strip() + "\n";
        if (WRITE) {
            Files.writeString(file(name), text);
        }
        assertThat(file(name))
                .as("this document is rendered from the code; the comment of the test has the command that writes it")
                .hasContent(text);
    }
}
