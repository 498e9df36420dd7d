package hearth.proving.attack;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.testkit.fault.DocumentedFigures;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** A table of {@code docs/evidence/attacks.md}: attacks and their results, rendered from the tests that ran. */
final class AttackTable {

    private static final String HEAD = """
            | no. | attempt | tries | succeeded | why, or what happens instead |
            |---|---|---|---|---|
            """;

    private final String name;
    private final Map<Integer, String> rows = new TreeMap<>();

    AttackTable(String name) {
        this.name = name;
    }

    /** @param through how many attempts succeeded */
    void row(int line, String what, int tries, int through, String result) {
        rows.put(line, "| %d | %s | %d | %d | %s |%n".formatted(line, what, tries, through, result));
    }

    /** Adds a row, and requires that no attempt succeeded. */
    void held(int line, String what, int tries, int through, String result) {
        assertThat(through).as(what).isZero();
        row(line, what, tries, through, result);
    }

    /** An attack that is not possible on one machine. */
    void notTestable(int line, String what, String why) {
        rows.put(line, "| %d | %s | – | – | %s |%n".formatted(line, what, why));
    }

    /** Call it after the last test of a class; all tests of the class must have run. */
    void assertUpToDate() throws IOException {
        DocumentedFigures.compare("evidence/attacks.md", name, HEAD + String.join("", rows.values()));
    }
}
