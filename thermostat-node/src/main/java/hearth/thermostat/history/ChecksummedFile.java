package hearth.thermostat.history;

import hearth.common.store.StateFile;
import java.io.BufferedInputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A text file to which lines are appended, each with its CRC-32C at the end. A power cut loses no line for which {@link
 * #append} or {@link #replace} has returned.
 */
final class ChecksummedFile {

    private static final int MAX_LINE_CHARS = 250;
    private static final Charset CHARSET = StandardCharsets.ISO_8859_1; // Each byte is a character, damaged or not.

    private final Path folder;
    private final Path file;
    private final Path next;
    private long bytes;

    ChecksummedFile(Path file) {
        this.folder = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file is in a folder");
        this.file = file;
        this.next = file.resolveSibling(file.getFileName() + ".new");
    }

    /**
     * The result of {@link #read}. A power cut during {@link #append} leaves an incomplete last line: it is not damage.
     *
     * @param good    lines whose checksum is right and that were accepted
     * @param damaged complete lines that are not good
     * @param torn    whether the last line is incomplete: the file must be replaced before the next line
     */
    record Lines(int good, int damaged, boolean torn) {}

    /** Gives each line whose checksum is right to {@code accepts}, without its checksum. */
    Lines read(Predicate<String> accepts) throws IOException {
        int good = 0;
        int damaged = 0;
        boolean torn = false;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            for (String line = nextLine(in); line != null; line = nextLine(in)) {
                torn = !line.endsWith("\n");
                int end = line.lastIndexOf(' ');
                String text = line.substring(0, Math.max(0, end));
                boolean right = withChecksum(text).equals(torn ? line + "\n" : line);
                if (right && accepts.test(text)) {
                    good++;
                } else if (!torn) {
                    damaged++;
                }
            }
        }
        bytes = Files.size(file);
        return new Lines(good, damaged, torn);
    }

    /** Whether this object wrote or read the file last; false if it was deleted, replaced or cut since then. */
    boolean isUnchanged() throws IOException {
        try {
            return Files.size(file) == bytes;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Appends complete lines. After a failure only {@link #replace} may follow: any part may be in the file. */
    void append(String lines) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            ByteBuffer left = ByteBuffer.wrap(lines.getBytes(CHARSET));
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true);
            bytes = channel.size();
        }
    }

    /** Writes a new file beside the old one, which stays complete until the new one is on the disk and takes its name. */
    void replace(Stream<String> lines) throws IOException {
        try (FileChannel channel = openNext()) {
            Writer out = new BufferedWriter(new OutputStreamWriter(Channels.newOutputStream(channel), CHARSET));
            for (String line : (Iterable<String>) lines::iterator) {
                out.write(withChecksum(line));
            }
            out.flush();
            channel.force(true);
            bytes = channel.size();
        } catch (IOException e) {
            emptyNext(e); // On a full disk the node's saved state needs the space more.
            throw e;
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        StateFile.syncFolder(folder);
    }

    static String withChecksum(String line) {
        CRC32C crc = new CRC32C();
        crc.update(line.getBytes(CHARSET));
        return line + " " + HexFormat.of().toHexDigits((int) crc.getValue()) + "\n";
    }

    private FileChannel openNext() throws IOException {
        return FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
    }

    private void emptyNext(IOException failure) {
        try {
            openNext().close();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    /** A line with its line end, if it has one. A long line is cut, so that a damaged file does not fill the memory. */
    private static @Nullable String nextLine(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        int next = in.read();
        if (next < 0) {
            return null;
        }
        for (; next >= 0 && next != '\n'; next = in.read()) {
            if (line.length() < MAX_LINE_CHARS) {
                line.append((char) next);
            }
        }
        return next == '\n' ? line.append('\n').toString() : line.toString();
    }
}
