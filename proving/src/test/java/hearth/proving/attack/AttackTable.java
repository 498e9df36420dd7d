package hearth.proving.attack;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.testkit.fault.DocumentedFigures;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** What was tried and what held: one of the tables of {@code docs/evidence/attacks.md}, rendered from the tests that ran. */
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

    /** @param through how many of the tries got what they wanted */
    void row(int line, String what, int tries, int through, String so) {
        rows.put(line, "| %d | %s | %d | %d | %s |%n".formatted(line, what, tries, through, so));
    }

    /** As {@link #row}, of what let nobody through. */
    void held(int line, String what, int tries, int through, String so) {
        assertThat(through).as(what).isZero();
        row(line, what, tries, through, so);
    }

    /** What cannot be tried on one machine. */
    void notTestable(int line, String what, String why) {
        rows.put(line, "| %d | %s | – | – | %s |%n".formatted(line, what, why));
    }

    /** After the last test of a class, which has to have run whole. */
    void assertUpToDate() throws IOException {
        DocumentedFigures.compare("evidence/attacks.md", name, HEAD + String.join("", rows.values()));
    }
}
