package hearth.proving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every chapter is linked from the contents, and every link has a target. */
class DocumentationLinksTest {

    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
    private static final Pattern FENCED = Pattern.compile("(?ms)^```.*?^```$");

    @Test
    void theContentsLinkEveryChapterAndDecision() throws IOException {
        Path docs = RenderedDocs.PROJECT.resolve("docs");
        List<Path> linked = links(RenderedDocs.file("README.md"))
                .map(link -> docs.resolve(link).normalize())
                .toList();

        try (Stream<Path> all = Files.walk(docs)) {
            List<Path> chapters = all.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !file.endsWith("README.md"))
                    .toList();
            assertThat(chapters).hasSizeGreaterThan(20);
            assertThat(linked).containsAll(chapters).doesNotHaveDuplicates();
        }
    }

    @Test
    void everyLinkHasATarget() throws IOException {
        List<String> dead = new ArrayList<>();
        int looked = 0;
        for (Path file : documents()) {
            for (String link : links(file).toList()) {
                looked++;
                String[] target = link.split("#", 2);
                Path there = target[0].isEmpty() ? file : file.resolveSibling(target[0]);
                if (!Files.exists(there)
                        || (target.length == 2 && !anchors(there).contains(target[1]))) {
                    dead.add(RenderedDocs.PROJECT.relativize(file) + ": " + link);
                }
            }
        }

        assertThat(dead).isEmpty();
        assertThat(looked).isGreaterThan(100);
    }

    private static List<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>();
        for (String folder : List.of(".", "docs", "docs/adr", "docs/evidence", "virtual-pi")) {
            try (Stream<Path> files = Files.list(RenderedDocs.PROJECT.resolve(folder))) {
                files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(documents::add);
            }
        }
        return documents;
    }

    /** The links within the project. */
    private static Stream<String> links(Path file) throws IOException {
        return LINK.matcher(text(file))
                .results()
                .map(found -> found.group(1))
                .filter(link -> !link.contains("://") && !link.startsWith("mailto:"));
    }

    /** The anchors of a document, as GitHub derives them from headings. */
    private static List<String> anchors(Path file) throws IOException {
        return HEADING.matcher(text(file))
                .results()
                .map(DocumentationLinksTest::anchor)
                .toList();
    }

    private static String anchor(MatchResult heading) {
        return heading.group(1)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }

    private static String text(Path file) throws IOException {
        return FENCED.matcher(Files.readString(file)).replaceAll("");
    }
}
