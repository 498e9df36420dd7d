package hearth.proving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Mockito is for a library that must throw, and for nothing else: our own types have complete fakes. */
class MockitoUseTest {

    private static final Pattern MOCKITO = Pattern.compile("(?m)^import (static )?org\\.mockito\\.");
    private static final Pattern MOCK = Pattern.compile("\\b(?:mock|spy)\\w*\\((\\w*)|@(?:Mock|Spy)\\b");

    @Test
    void onlyTypesOfPi4jAndOfTheHiveMqClientAreMocked() throws IOException {
        List<String> mocked = new ArrayList<>();
        for (Path file : testSources()) {
            String source = Files.readString(file);
            if (MOCKITO.matcher(source).find()) {
                MOCK.matcher(source)
                        .results()
                        .map(mock -> imported(mock.group(1), source, file))
                        .forEach(mocked::add);
            }
        }

        assertThat(mocked)
                .isNotEmpty()
                .allMatch(type -> type.startsWith("com.pi4j.") || type.startsWith("com.hivemq."));
    }

    private static String imported(String type, String source, Path file) {
        Matcher importOfType = Pattern.compile("import (\\S+\\." + type + ");").matcher(source);
        return importOfType.find() ? importOfType.group(1) : type + " in " + file;
    }

    private static List<Path> testSources() throws IOException {
        List<Path> sources = new ArrayList<>();
        try (Stream<Path> modules = Files.list(Path.of(".."))) {
            for (Path tests : modules.map(module -> module.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .toList()) {
                try (Stream<Path> files = Files.walk(tests)) {
                    files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
                }
            }
        }
        return sources;
    }
}
