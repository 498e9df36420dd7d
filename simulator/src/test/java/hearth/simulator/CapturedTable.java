package hearth.simulator;

import static java.util.stream.Collectors.joining;

import hearth.common.fault.Figures;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a captured broker tried and what held, as {@code docs/captured-broker.md} shows it. Several classes make it; the
 * one that is last to run holds it to the document. Write it anew with {@code mvn -pl simulator -am test
 * -Dtest='Captured*Test' -Dhearth.docs=write -Dsurefire.failIfNoSpecifiedTests=false}.
 */
final class CapturedTable {

    private static final int LINES = 7;

    private static final Map<Integer, String> ROWS = new TreeMap<>();

    private CapturedTable() {}

    /** @param place in the table, from 1 @param line of what is to be feared */
    static void row(int place, String line, String tried, String held) {
        ROWS.put(place, "| " + line + " | " + tried + " | " + held + " |\n");
    }

    static String said(List<Integer> numbers) {
        return numbers.stream().map(String::valueOf).collect(joining(", "));
    }

    /** After the last test of a class. Unless all classes ran there is no table. */
    static void holdIfWhole() throws IOException {
        if (ROWS.size() == LINES) {
            Figures.hold(
                    "captured-broker.md",
                    "captured-house",
                    "| line | tried | held |\n|---|---|---|\n" + String.join("", ROWS.values()));
        }
    }
}
