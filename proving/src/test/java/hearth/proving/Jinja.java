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

/** The engine of Home Assistant's templates, Jinja2, set up as it is there: {@code templates.py}, run by Python. */
final class Jinja {

    private static final String SCRIPT = "templates.py";
    private static final long TIMEOUT_S = 60;

    /** Whoever has a Python of his own besides may have Jinja2 in Debian's alone. */
    private static final String COMMAND = "python3 -c 'import jinja2' 2>&- || PATH=/usr/bin:$PATH; exec python3 \"$0\"";

    /** @param template as Home Assistant is told it; of this payload */
    record TemplateInput(String template, String payload) {}

    /** @param error what Home Assistant would complain of; empty if nothing */
    record TemplateResult(String output, String error) {}

    private final Path folder;

    /** @param folder for what Python is told and says; goes with the test */
    Jinja(Path folder) {
        this.folder = folder;
    }

    /** All at once, in their order: starting Python takes longer than everything it does here. */
    List<TemplateResult> render(List<TemplateInput> all) throws IOException, InterruptedException {
        Path asked = folder.resolve("asked");
        try (JsonGenerator json = new JsonFactory().createGenerator(Files.newBufferedWriter(asked))) {
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
        List<?> answers = (List<?>) JsonTree.of(python(asked)).get("rendered");
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

    private String python(Path asked) throws IOException, InterruptedException {
        Path script = folder.resolve(SCRIPT);
        try (InputStream source = Jinja.class.getResourceAsStream(SCRIPT)) {
            Files.write(script, source.readAllBytes());
        }
        Path said = folder.resolve("said");
        Path complained = folder.resolve("complained");
        Process python = new ProcessBuilder("sh", "-c", COMMAND, script.toString())
                .redirectInput(asked.toFile())
                .redirectOutput(said.toFile())
                .redirectError(complained.toFile())
                .start();
        try {
            assertThat(python.waitFor(TIMEOUT_S, TimeUnit.SECONDS))
                    .as("Python is done within %d s", TIMEOUT_S)
                    .isTrue();
        } finally {
            python.destroyForcibly();
        }
        assertThat(python.exitValue())
                .as(
                        "python3 with Jinja2 (apt-get install python3-jinja2, or bin/verify): %s",
                        Files.readString(complained))
                .isZero();
        return Files.readString(said, UTF_8);
    }
}
