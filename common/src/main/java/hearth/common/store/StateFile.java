package hearth.common.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * The saved state, which survives a power cut: one small text file with one {@code key = value} per line and a checksum
 * at the end.
 *
 * <p>A new copy is written and synced, the previous file is kept as {@code .old}, the new one is renamed and the folder
 * is synced: after a power cut at any moment, one complete file exists. A file that is damaged, of another program or
 * of another version is ignored as a whole.
 */
public final class StateFile implements StateStore {

    private static final String FIRST_LINE = "hearth-state 1";
    private static final String CHECKSUM = "crc32c ";
    private static final int MAX_BYTES = 64 * 1024;

    private final Path folder;
    private final Path file;
    private final Path old;
    private final Path next;
    private boolean folderReady;

    /** @param name file name without extension, such as the node's name */
    public StateFile(Path folder, String name) {
        this.folder = folder.toAbsolutePath();
        this.file = folder.resolve(name + ".state");
        this.old = folder.resolve(name + ".state.old");
        this.next = folder.resolve(name + ".state.new");
    }

    @Override
    public SavedState read() {
        Optional<Map<String, String>> latest = read(file);
        if (latest.isPresent()) {
            return new SavedState(latest.get(), false);
        }
        boolean damaged = Files.exists(file);
        Optional<Map<String, String>> previous = read(old);
        return previous.map(entries -> new SavedState(entries, damaged))
                .orElseGet(() -> new SavedState(Map.of(), damaged || Files.exists(old)));
    }

    @Override
    public void write(Map<String, String> entries) throws IOException {
        ensureFolder();
        byte[] content = format(entries).getBytes(StandardCharsets.UTF_8);
        if (content.length > MAX_BYTES) { // It could be written, but the next start would reject it.
            throw new IOException("the saved state has " + content.length + " bytes: must be at most " + MAX_BYTES);
        }
        try (FileChannel channel = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        if (read(file).isPresent()) { // A damaged file must not replace a valid .old file.
            Files.move(file, old, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        syncFolder(folder);
    }

    /**
     * Creates the folder, and syncs the folders above so that it survives a power cut, because another program may have
     * created it a moment ago. Folders that the node cannot write to are skipped: it cannot have created anything
     * there.
     */
    private void ensureFolder() throws IOException {
        if (folderReady && Files.isDirectory(folder)) {
            return;
        }
        folderReady = false;
        Files.createDirectories(folder);
        for (Path parent = folder.getParent(); parent != null; parent = parent.getParent()) {
            if (Files.isWritable(parent)) {
                syncFolder(parent);
            }
        }
        folderReady = true;
    }

    /**
     * Syncs a folder. Without this, a power cut can lose the name of a new file and with it entries that were reported
     * as saved.
     */
    public static void syncFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static Optional<Map<String, String>> read(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                return Optional.empty();
            }
            return parse(Files.readString(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) { // Not UTF-8, a folder, or an I/O error: not usable.
            return Optional.empty();
        }
    }

    static String format(Map<String, String> entries) {
        StringBuilder text = new StringBuilder(FIRST_LINE).append('\n');
        for (Map.Entry<String, String> entry : new TreeMap<>(entries).entrySet()) {
            String line = entry.getKey() + " = " + entry.getValue();
            if (line.chars().anyMatch(c -> c == '\n' || c == '\r')
                    || entry.getKey().contains("=")) {
                throw new IllegalArgumentException("not one line of key = value: " + line);
            }
            text.append(line).append('\n');
        }
        return text + CHECKSUM + checksum(text.toString()) + "\n";
    }

    static Optional<Map<String, String>> parse(String text) {
        int last = text.lastIndexOf(CHECKSUM);
        if (!text.startsWith(FIRST_LINE + "\n") || last < 0) {
            return Optional.empty();
        }
        String body = text.substring(0, last);
        if (!text.substring(last).equals(CHECKSUM + checksum(body) + "\n")) {
            return Optional.empty();
        }
        Map<String, String> entries = new TreeMap<>();
        for (String line : body.lines().skip(1).toList()) {
            int equals = line.indexOf(" = ");
            if (equals < 0 || entries.put(line.substring(0, equals), line.substring(equals + 3)) != null) {
                return Optional.empty(); // The checksum is valid but the content is not: another program wrote it.
            }
        }
        return Optional.of(entries);
    }

    private static String checksum(String text) {
        CRC32C crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return String.format("%08x", crc.getValue());
    }
}
