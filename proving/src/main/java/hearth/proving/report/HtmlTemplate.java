package hearth.proving.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An HTML page with placeholders such as {@code {{name}}}. Placeholders in inserted values are not replaced. */
final class HtmlTemplate {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([a-z-]+)}}");

    private final String text;

    HtmlTemplate(String text) {
        this.text = text;
    }

    /** @throws IllegalArgumentException for a placeholder without a value */
    String filled(Map<String, String> values) {
        return PLACEHOLDER.matcher(text).replaceAll(placeholder -> {
            String value = values.get(placeholder.group(1));
            if (value == null) {
                throw new IllegalArgumentException("no value for the placeholder {{" + placeholder.group(1) + "}}");
            }
            return Matcher.quoteReplacement(value);
        });
    }

    /** A resource in the package of this class. */
    static String resource(String name) throws IOException {
        try (InputStream stream = HtmlTemplate.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IOException(name + " is missing in the jar: build it again");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
