package hearth.simulator;

import static java.util.stream.Collectors.joining;

import hearth.common.fault.Figures;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a captured broker tried and what held: one class's rows of the table in {@code docs/captured-broker.md}. Write it
 * anew with {@code mvn -pl simulator -am test -Dtest='Captured*Test' -Dhearth.docs=write
 * -Dsurefire.failIfNoSpecifiedTests=false}.
 */
final class CapturedTable {

    private static final String HEAD = """
            | line | tried | held |
            |---|---|---|
            """;

    /** Of all classes together. */
    private static final int ROWS = 7;

    private final Map<Integer, String> rows = new TreeMap<>();

    /** @param place in the table, from 1 @param line of what is to be feared */
    void row(int place, String line, String tried, String held) {
        rows.put(place, "| " + line + " | " + tried + " | " + held + " |\n");
    }

    static String said(List<Integer> numbers) {
        return numbers.stream().map(String::valueOf).collect(joining(", "));
    }

    /** After the last test of a class. */
    void hold() throws IOException {
        Figures.holdRows("captured-broker.md", "captured-house", HEAD, ROWS, rows);
    }
}
