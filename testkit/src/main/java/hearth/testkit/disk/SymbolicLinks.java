package hearth.testkit.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Symbolic links by which a test makes a file fail. */
public final class SymbolicLinks {

    private SymbolicLinks() {}

    /** Deletes all links below a folder, because JUnit warns about each link that leads outside. */
    public static void deleteBelow(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            all.filter(Files::isSymbolicLink).toList().forEach(link -> {
                try {
                    Files.delete(link);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
