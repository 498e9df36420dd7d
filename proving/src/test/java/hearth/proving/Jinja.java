package hearth.proving;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Renders templates with Jinja2, configured as in Home Assistant: runs {@code templates.py} with Python. */
final class Jinja {

    private static final String SCRIPT = "templates.py";
    private static final long TIMEOUT_S = 60;

    /** Also tries the Python of Debian, because another Python in PATH may have no Jinja2. */
    private static final String COMMAND = "python3 -c 'import jinja2' 2>&- || PATH=/usr/bin:$PATH; exec python3 \"$0\"";

    /** A template of a discovery message, and the payload to render. */
    record TemplateInput(String template, String payload) {}

    /** @param error the error that Home Assistant would report; empty for none */
    record TemplateResult(String output, String error) {}

    private final Path folder;

    /** @param folder for the input and the output of Python */
    Jinja(Path folder) {
        this.folder = folder;
    }

    /** Renders all templates in one call, in order: starting Python takes longer than all the rendering. */
    List<TemplateResult> render(List<TemplateInput> all) throws IOException, InterruptedException {
        Path input = folder.resolve("asked");
        try (JsonGenerator json = new JsonFactory().createGenerator(Files.newBufferedWriter(input))) {
            json.writeStartObject();
            json.writeArrayFieldStart("render");
            for (TemplateInput one : all) {
                json.writeStartArray();
                json.writeString(one.template);
                json.writeString(one.payload);
                json.writeEndArray();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        List<?> answers = (List<?>) JsonTree.of(python(input)).get("rendered");
        assertThat(answers).hasSameSizeAs(all);
        List<TemplateResult> rendered = new ArrayList<>();
        for (Object answer : answers) {
            Map<?, ?> one = (Map<?, ?>) answer;
            boolean wrong = one.containsKey("wrong");
            rendered.add(new TemplateResult(
                    wrong ? "" : one.get("said").toString(),
                    wrong ? one.get("wrong").toString() : ""));
        }
        return rendered;
    }

    private String python(Path input) throws IOException, InterruptedException {
        Path script = folder.resolve(SCRIPT);
        try (InputStream source = Jinja.class.getResourceAsStream(SCRIPT)) {
            Files.write(script, source.readAllBytes());
        }
        Path output = folder.resolve("said");
        Path complained = folder.resolve("complained");
        Process python = new ProcessBuilder("sh", "-c", COMMAND, script.toString())
                .redirectInput(input.toFile())
                .redirectOutput(output.toFile())
                .redirectError(complained.toFile())
                .start();
        try {
            assertThat(python.waitFor(TIMEOUT_S, TimeUnit.SECONDS))
                    .as("Python exits within %d s", TIMEOUT_S)
                    .isTrue();
        } finally {
            python.destroyForcibly();
        }
        assertThat(python.exitValue())
                .as(
                        "this test requires python3 with Jinja2: apt-get install python3-jinja2, or run bin/verify: %s",
                        Files.readString(complained))
                .isZero();
        return Files.readString(output, UTF_8);
    }
}
