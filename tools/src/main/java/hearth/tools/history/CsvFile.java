package hearth.tools.history;

import hearth.common.message.HistoryReading;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Readings in a CSV file: one line per reading, each id once. */
final class CsvFile implements AutoCloseable {

    static final String HEADER = "taken_at,temperature_c,id";

    private final Set<String> ids = new HashSet<>();
    private final FileChannel channel;

    /** Continues an existing file. @throws IOException also if the file does not begin with {@link #HEADER} */
    CsvFile(Path file) throws IOException {
        String content = Files.exists(file) ? Files.readString(file) : "";
        if (!content.isEmpty() && !content.startsWith(HEADER + "\n")) {
            throw new IOException(file + ": expected the first line " + HEADER + "; give another file");
        }
        channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        int whole = content.lastIndexOf('\n') + 1; // A power cut may leave half a line.
        channel.truncate(content.substring(0, whole).getBytes(StandardCharsets.UTF_8).length);
        channel.position(channel.size());
        if (whole == 0) {
            append(HEADER);
        }
        List<String> lines = content.substring(0, whole).lines().skip(1).toList();
        lines.forEach(line -> ids.add(line.substring(line.lastIndexOf(',') + 1)));
    }

    /** Adds a reading, unless it is there. On return it survives a power cut. @return whether it was new */
    boolean add(HistoryReading reading, Instant now) throws IOException {
        if (ids.contains(reading.id())) {
            return false;
        }
        String takenAt = reading.age()
                .map(age -> now.minus(age).truncatedTo(ChronoUnit.SECONDS).toString())
                .orElse("");
        append(takenAt + "," + reading.celsius().degrees() + "," + reading.id());
        ids.add(reading.id());
        return true;
    }

    int size() {
        return ids.size();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void append(String line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        channel.force(false);
    }
}
