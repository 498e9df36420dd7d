package hearth.proving;

import static java.util.stream.Collectors.joining;

import hearth.testkit.fault.DocumentedFigures;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A table of {@code docs/evidence/captured-broker.md}: the attempts of a captured broker and their results. Render it
 * again with {@code mvn -Pwhole -pl proving -am test -Dtest='Captured*Test' -Dhearth.docs=write
 * -Dsurefire.failIfNoSpecifiedTests=false}.
 */
final class CapturedBrokerTable {

    private static final String HEAD = """
            | threat | attempt | result |
            |---|---|---|
            """;

    private final String name;
    private final Map<Integer, String> rows = new TreeMap<>();

    CapturedBrokerTable(String name) {
        this.name = name;
    }

    /** @param place the row of the table, from 1 @param line the number of the threat */
    void row(int place, String line, String tried, String held) {
        rows.put(place, "| " + line + " | " + tried + " | " + held + " |\n");
    }

    static String joined(List<Integer> numbers) {
        return numbers.stream().map(String::valueOf).collect(joining(", "));
    }

    /** Call it after the last test of a class; all tests of the class must have run. */
    void assertUpToDate() throws IOException {
        DocumentedFigures.compare("evidence/captured-broker.md", name, HEAD + String.join("", rows.values()));
    }
}
