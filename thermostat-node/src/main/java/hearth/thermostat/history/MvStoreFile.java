package hearth.thermostat.history;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The readings in a file of H2's MVStore, in which version 0.1.0 stored them. Delete this class when no node of version
 * 0.1.0 is left.
 *
 * <p>MVStore 2.4 writes format 3. The file consists of chunks at multiples of 4 KiB. A chunk is what one commit wrote: a
 * first and a last line of text, and between them pages. A page is a node of the B-tree of one map. The first line has
 * the position of the root of the map {@code layout}, which has the positions of the roots of all other maps.
 *
 * @param readings sorted by number
 */
record MvStoreFile(List<ReadingLine> readings, boolean acknowledging) {

    private static final int BLOCK = 4096;
    private static final int MAX_FIRST_LINE = 512;
    private static final int LAST_LINE = 128;
    private static final int MAX_PAGE = 1 << 20;
    private static final int MAX_DEPTH = 16;

    /** Empty if the file has no complete commit. */
    static Optional<MvStoreFile> read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            Pages pages = new Pages(channel, new HashMap<>());
            for (long block = 2; block < channel.size() / BLOCK; block++) {
                pages.addChunkAt(block);
            }
            List<Chunk> newestFirst = pages.chunks.values().stream()
                    .sorted(Comparator.comparingLong(Chunk::version).reversed())
                    .toList();
            for (Chunk chunk : newestFirst) {
                Optional<MvStoreFile> complete = of(pages, chunk);
                if (complete.isPresent()) {
                    return complete;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<MvStoreFile> of(Pages pages, Chunk chunk) throws IOException {
        try {
            return Optional.of(ofComplete(pages, chunk));
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            return Optional.empty(); // Damaged; the commit before it may be complete.
        }
    }

    private static MvStoreFile ofComplete(Pages pages, Chunk chunk) throws IOException {
        Map<String, String> layout = pages.texts(chunk.root);
        Map<String, String> names = pages.texts(root(layout, layout.getOrDefault("meta.id", "")));
        List<ReadingLine> readings = new ArrayList<>();
        pages.walk(
                root(layout, names.getOrDefault("name.readings", "")),
                0,
                Pages::number,
                (number, text) -> readings.add(ReadingLine.parse(number + " " + text)));
        Map<String, String> about = pages.texts(root(layout, names.getOrDefault("name.about", "")));
        return new MvStoreFile(readings, about.containsKey("acknowledged"));
    }

    private static long root(Map<String, String> layout, String map) {
        return hex(layout.getOrDefault("root." + map, "0")); // An empty map has none.
    }

    private static long hex(String digits) {
        return Long.parseUnsignedLong(digits, 16);
    }

    private record Chunk(int id, long block, long version, long root) {}

    /** The pages of the file. A position is 26 bits of chunk id, 32 of offset in the chunk and 6 of size and type. */
    private record Pages(FileChannel channel, Map<Integer, Chunk> chunks) {

        void addChunkAt(long block) throws IOException {
            try {
                Map<String, String> first = line(block * BLOCK, MAX_FIRST_LINE);
                long end = block + hex(first.getOrDefault("len", ""));
                Map<String, String> last = line(end * BLOCK - LAST_LINE, LAST_LINE);
                if (Stream.of("chunk", "len", "version")
                        .allMatch(key -> last.containsKey(key)
                                && last.getOrDefault(key, "").equals(first.get(key)))) {
                    int id = (int) hex(first.getOrDefault("chunk", ""));
                    long version = hex(first.getOrDefault("version", ""));
                    chunks.put(id, new Chunk(id, block, version, hex(first.getOrDefault("root", ""))));
                }
            } catch (IllegalArgumentException e) { // Here is the middle of a chunk, or a part of an old one.
            }
        }

        private Map<String, String> line(long at, int length) throws IOException {
            String text = StandardCharsets.ISO_8859_1.decode(bytes(at, length)).toString();
            Map<String, String> line = new HashMap<>();
            for (String field : text.lines().findFirst().orElse("").trim().split(",", -1)) {
                int colon = field.indexOf(':');
                line.put(field.substring(0, Math.max(0, colon)), field.substring(colon + 1));
            }
            return line;
        }

        Map<String, String> texts(long root) throws IOException {
            Map<String, String> all = new HashMap<>();
            walk(root, 0, Pages::text, all::put);
            return all;
        }

        <K> void walk(long position, int depth, Function<ByteBuffer, K> key, BiConsumer<K, String> entry)
                throws IOException {
            if (position == 0) {
                return;
            }
            ByteBuffer page = page(position);
            number(page); // The number of the page in its chunk.
            number(page); // The map.
            int count = (int) number(page);
            int type = page.get();
            if (type >> 1 != 0 || depth > MAX_DEPTH || count > page.remaining()) {
                throw new IllegalArgumentException("not a page of this store");
            }
            if (type == 1) {
                for (int i = 0; i <= count; i++) {
                    walk(page.getLong(), depth + 1, key, entry);
                }
                return;
            }
            List<K> keys = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                keys.add(key.apply(page));
            }
            keys.forEach(each -> entry.accept(each, text(page)));
        }

        private ByteBuffer page(long position) throws IOException {
            int id = (int) (position >>> 38);
            int offset = (int) (position >>> 6);
            Chunk chunk = chunks.get(id);
            if (chunk == null) {
                throw new IllegalArgumentException("no chunk " + id);
            }
            long at = chunk.block * BLOCK + offset;
            int length = bytes(at, Integer.BYTES).getInt();
            if (length > MAX_PAGE) {
                throw new IllegalArgumentException("a page of " + length + " bytes");
            }
            ByteBuffer page = bytes(at + Integer.BYTES, length - Integer.BYTES);
            if (page.getShort() != (short) (check(id) ^ check(offset) ^ check(length))) {
                throw new IllegalArgumentException("wrong checksum");
            }
            return page;
        }

        private static int check(int value) {
            return value >> 16 ^ value;
        }

        private ByteBuffer bytes(long at, int length) throws IOException {
            ByteBuffer bytes = ByteBuffer.allocate(length);
            while (bytes.hasRemaining() && channel.read(bytes, at + bytes.position()) >= 0) {}
            return bytes.flip();
        }

        /** Seven bits per byte, the lowest first. */
        private static long number(ByteBuffer from) {
            long value = 0;
            for (int shift = 0; ; shift += 7) {
                byte next = from.get();
                value |= (long) (next & 0x7f) << shift;
                if (next >= 0) {
                    return value;
                }
            }
        }

        /** What this store contains is ASCII: one byte per character. */
        private static String text(ByteBuffer from) {
            byte[] text = new byte[Math.min((int) number(from), MAX_PAGE)];
            from.get(text);
            return new String(text, StandardCharsets.US_ASCII);
        }
    }
}
