package hearth.common.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Figures that a build counts and a document shows, between {@code <!-- name -->} and {@code <!-- end of name -->}. They
 * are printed, left in {@code target}, and held to the document; {@code -Dhearth.docs=write} writes it anew.
 */
public final class Figures {

    private Figures() {}

    /** @param document below {@code docs} @param table in lines, each ended */
    public static void hold(String document, String name, String table) throws IOException {
        System.out.print(table);
        Files.writeString(target().resolve(name + ".md"), table);
        hold(document, name, shown -> table);
    }

    /**
     * As {@link #hold(String, String, String)}, of a table that several classes make: each holds the rows that are its
     * own, in whatever process it runs.
     *
     * @param head  of the table, in lines, each ended
     * @param count of all rows
     * @param rows  by their place, from 1, each with its line's end
     */
    public static void holdRows(String document, String name, String head, int count, Map<Integer, String> rows)
            throws IOException {
        System.out.print(String.join("", rows.values()));
        List<String> heads = lines(head);
        hold(document, name, shown -> {
            List<String> table = lines(shown);
            List<String> expected = new ArrayList<>(heads);
            for (int place = 1; place <= count; place++) {
                int line = heads.size() + place - 1;
                expected.add(rows.getOrDefault(place, line < table.size() ? table.get(line) : "\n"));
            }
            return String.join("", expected);
        });
    }

    /** @param counted of what the document shows, what it should show */
    private static void hold(String document, String name, UnaryOperator<String> counted) throws IOException {
        Path file = Path.of("..", "docs", document);
        try (FileChannel alone = FileChannel.open(
                target().resolve("figures.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            var unused = alone.lock(); // Classes run in several processes, and a document has several tables.
            String text = Files.readString(file);
            String begin = "<!-- " + name + " -->\n";
            int from = text.indexOf(begin) + begin.length();
            int to = text.indexOf("<!-- end of " + name + " -->");
            assertThat(to).as("the place of %s in %s", name, file).isGreaterThan(from - 1);
            String table = counted.apply(text.substring(from, to));
            if ("write".equals(System.getProperty("hearth.docs"))) {
                Files.writeString(file, text.substring(0, from) + table + text.substring(to));
            } else {
                assertThat(text.substring(from, to))
                        .as("%s in %s; write it anew with -Dhearth.docs=write", name, file)
                        .isEqualTo(table);
            }
        }
    }

    private static List<String> lines(String text) {
        return text.lines().map(line -> line + "\n").toList();
    }

    private static Path target() throws IOException {
        return Files.createDirectories(Path.of("target"));
    }
}
