package hearth.proving.journal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Reads and writes journal files; compressed if the name ends with {@code .gz}. */
public final class JournalFiles {

    private JournalFiles() {}

    /** @throws IOException if the file cannot be read or is not a journal; the message has the number of the line */
    public static List<JournalEntry> read(Path file) throws IOException {
        List<JournalEntry> entries = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(open(file), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                entries.add(JournalFormat.read(line));
            }
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ":" + (entries.size() + 1) + ": " + e.getMessage(), e);
        }
        return entries;
    }

    /** Writes entries as they come. Without {@code close} the last ones are missing. */
    public static JournalWriter openForWriting(Path file) throws IOException {
        OutputStream out = Files.newOutputStream(file);
        return new JournalWriter(
                new OutputStreamWriter(isCompressed(file) ? new GZIPOutputStream(out) : out, StandardCharsets.UTF_8));
    }

    private static InputStream open(Path file) throws IOException {
        InputStream in = Files.newInputStream(file);
        return isCompressed(file) ? new GZIPInputStream(in) : in;
    }

    private static boolean isCompressed(Path file) {
        return file.toString().endsWith(".gz");
    }

    /** @see #openForWriting */
    public static final class JournalWriter implements Consumer<JournalEntry>, AutoCloseable {

        private final Writer out;
        private final StringBuilder line = new StringBuilder();

        private JournalWriter(Writer out) {
            this.out = out;
        }

        @Override
        public void accept(JournalEntry entry) {
            line.setLength(0);
            JournalFormat.write(entry, line);
            try {
                out.append(line);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}
