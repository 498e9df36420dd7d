package hearth.proving;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The table of faults names only tests that passed in this build, so it cannot claim more than they prove. It is
 * checked after the tests of all modules: {@code mvn verify -Pwhole}. After a change render it again with {@code mvn
 * verify -Pwhole -Dhearth.docs=write}.
 */
class FaultsDocTest {

    private static final String NAME = "evidence/faults.md";
    private static final String OPEN = "open";

    /** A row of the table. @param otherEvidence other evidence than tests; empty for none */
    private record FaultRow(String id, String fault, String reaction, String otherEvidence) {

        static FaultRow of(String line) {
            String[] parts = line.split(" \\| ", -1);
            assertThat(parts).as(line).hasSizeBetween(3, 4);
            return new FaultRow(parts[0], parts[1], parts[2], parts.length > 3 ? parts[3] : "");
        }
    }

    /** The result of one test for one row. */
    private record FaultTestResult(String row, String shown, boolean passed) {

        static FaultTestResult of(String testClass, String line) {
            String[] words = line.split(" ", -1);
            String name = testClass.substring(testClass.lastIndexOf('.') + 1);
            return new FaultTestResult(words[0], "`" + name + "`: " + sentence(words[1]), words[2].equals("passed"));
        }
    }

    @Test
    void theTableOfFaultsMatchesTheTestsThatPassed() throws IOException {
        List<String> lines = lines();
        List<FaultRow> rows = rows(lines);
        List<FaultTestResult> proofs = proofs();
        Map<String, Set<String>> shown = new TreeMap<>();
        for (FaultRow row : rows) {
            assertThat(shown.put(row.id, new TreeSet<>())).as(row.id + " twice").isNull();
        }
        for (FaultTestResult proof : proofs) {
            assertThat(shown).as("rows; a test proves exactly one").containsKey(proof.row);
            assertThat(proof.passed)
                    .as("%s of %s passed", proof.shown, proof.row)
                    .isTrue();
            shown.get(proof.row).add(proof.shown);
        }
        assertThat(missing(shown))
                .as(
                        "tests that %s names and that did not run in this build. If only some tests ran, run all of them:"
                                + " bin/verify. If these tests were removed: mvn verify -Pwhole -Dhearth.docs=write",
                        RenderedDocs.file(NAME))
                .isEmpty();

        RenderedDocs.assertUpToDate(NAME, rendered(lines, shown));
    }

    @Test
    void everyNamedVirtualPiScenarioExists() throws IOException {
        String scenarios = Files.readString(RenderedDocs.PROJECT.resolve("virtual-pi/harness/scenarios.py"));
        List<String> named = Pattern.compile("`virtual-pi`: ([a-z0-9 ]+)")
                .matcher(String.join("\n", lines()))
                .results()
                .map(found -> found.group(1).strip().replace(' ', '_'))
                .toList();

        assertThat(named).isNotEmpty().allSatisfy(scenario -> assertThat(scenarios)
                .contains("def " + scenario + "(scene)", "    " + scenario + ",\n"));
    }

    @Test
    void theNameOfATestIsRenderedAsASentence() {
        assertThat(sentence("fiftyOfFiftyArriveThoughTheBrokerIsKilled"))
                .isEqualTo("fifty of fifty arrive though the broker is killed");
    }

    private static String rendered(List<String> lines, Map<String, Set<String>> shown) {
        StringBuilder text = new StringBuilder("""
                # Faults: what can go wrong, and what Hearth does

                This page proves how a node behaves in each fault: every row names a fault, the reaction, and the tests
                that passed in the build that wrote this page. Repeat it with `bin/verify`.

                `open` marks a part that no test shows yet. *Outputs* are the pins that drive relays, and a *fault* in
                code style, such as `sensor-short`, is the value that the node publishes on `<node>/fault`.

                """);
        for (String line : lines) {
            if (line.startsWith("[")) {
                text.append("\n## ").append(line, 1, line.length() - 1).append("\n\n");
                text.append("| no. | fault | what Hearth does | shown by |\n|---|---|---|---|\n");
            } else {
                FaultRow row = FaultRow.of(line);
                text.append("| %s | %s | %s | %s |%n"
                        .formatted(row.id, row.fault, row.reaction, shownBy(row, shown.get(row.id))));
            }
        }
        return text.toString().replace("\n\n\n", "\n\n");
    }

    private static String shownBy(FaultRow row, Set<String> tests) {
        List<String> all = new ArrayList<>(tests);
        if (!row.otherEvidence.isEmpty()) {
            all.add(row.otherEvidence);
        }
        return all.isEmpty() ? OPEN : String.join("<br>", all);
    }

    /** The tests that the document names and that did not run in this build. */
    private static List<String> missing(Map<String, Set<String>> shown) throws IOException {
        if (RenderedDocs.isWriting() || !Files.exists(RenderedDocs.file(NAME))) {
            return List.of();
        }
        List<String> missing = new ArrayList<>();
        for (String line : Files.readAllLines(RenderedDocs.file(NAME))) {
            String[] cells = line.split(" ?\\| ?", -1);
            if (cells.length == 6 && shown.containsKey(cells[1])) {
                Stream.of(cells[4].split("<br>", -1))
                        .filter(test -> test.matches("`\\w+`: .*"))
                        .filter(test -> !shown.get(cells[1]).contains(test))
                        .forEach(test -> missing.add(cells[1] + " " + test));
            }
        }
        return missing;
    }

    private static List<FaultRow> rows(List<String> lines) {
        return lines.stream()
                .filter(line -> !line.startsWith("["))
                .map(FaultRow::of)
                .toList();
    }

    private static List<String> lines() throws IOException {
        try (InputStream rows = FaultsDocTest.class.getResourceAsStream("faults.txt")) {
            return new String(rows.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        }
    }

    /** The results in {@code target/faults} of all modules; results of deleted tests do not count. */
    private static List<FaultTestResult> proofs() throws IOException {
        List<FaultTestResult> proofs = new ArrayList<>();
        for (Path module : inside(RenderedDocs.PROJECT)) {
            for (Path file : inside(module.resolve("target/faults"))) {
                String testClass = file.getFileName().toString();
                Path compiled = module.resolve("target/test-classes").resolve(testClass.replace('.', '/') + ".class");
                if (Files.exists(compiled)) {
                    Files.readAllLines(file).forEach(line -> proofs.add(FaultTestResult.of(testClass, line)));
                }
            }
        }
        return proofs;
    }

    private static List<Path> inside(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static String sentence(String name) {
        return Stream.of(name.split("(?=[A-Z])", -1))
                .map(word -> word.toLowerCase(Locale.ROOT))
                .collect(joining(" "));
    }
}
