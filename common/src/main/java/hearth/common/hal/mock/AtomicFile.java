package hearth.common.hal.mock;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Files that are replaced as a whole: a reader sees the old content or the new, never half of it. */
public final class AtomicFile {

    private AtomicFile() {}

    /** Makes the folders above as needed. Nothing is synced: this is for a mock, not for a memory. */
    public static void replace(Path file, String content) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Path next = Files.createTempFile(folder, "." + file.getFileName(), ".new");
        try {
            Files.writeString(next, content);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(next); // There only if it failed; a relay that is tried again must not fill the disk.
        }
    }
}
