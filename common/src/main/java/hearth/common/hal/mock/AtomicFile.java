package hearth.common.hal.mock;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Replaces files as a whole: a reader sees the old or the new content, never a part. */
public final class AtomicFile {

    private AtomicFile() {}

    /** Creates missing folders. Does not sync: the files stand for hardware and need not survive a power cut. */
    public static void replace(Path file, String content) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Path next = Files.createTempFile(folder, "." + file.getFileName(), ".new");
        try {
            Files.writeString(next, content);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(next); // Left only after a failure; repeated attempts must not fill the disk.
        }
    }
}
