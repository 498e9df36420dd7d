package hearth.proving;

import static java.util.stream.Collectors.joining;

import hearth.testkit.fault.DocumentedFigures;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a captured broker tried and what held: one of the tables of {@code docs/evidence/captured-broker.md}. Write them anew with
 * {@code mvn -Pwhole -Pwhole -pl proving -am test -Dtest='Captured*Test' -Dhearth.docs=write -Dsurefire.failIfNoSpecifiedTests=false}.
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

    /** @param place in the table, from 1 @param line of what is to be feared */
    void row(int place, String line, String tried, String held) {
        rows.put(place, "| " + line + " | " + tried + " | " + held + " |\n");
    }

    static String joined(List<Integer> numbers) {
        return numbers.stream().map(String::valueOf).collect(joining(", "));
    }

    /** After the last test of a class, which has to have run whole. */
    void assertUpToDate() throws IOException {
        DocumentedFigures.compare("evidence/captured-broker.md", name, HEAD + String.join("", rows.values()));
    }
}
