package hearth.proving.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page with holes: {@code {{name}}} is filled with what has this name. What is filled in is not looked at again. */
final class HtmlTemplate {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([a-z-]+)}}");

    private final String text;

    HtmlTemplate(String text) {
        this.text = text;
    }

    /** @throws IllegalArgumentException for a hole without a filling */
    String filled(Map<String, String> fillings) {
        return PLACEHOLDER.matcher(text).replaceAll(hole -> {
            String filling = fillings.get(hole.group(1));
            if (filling == null) {
                throw new IllegalArgumentException("nothing to fill in for {{" + hole.group(1) + "}}");
            }
            return Matcher.quoteReplacement(filling);
        });
    }

    /** A file that stands beside this class. */
    static String resource(String name) throws IOException {
        try (InputStream stream = HtmlTemplate.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IOException(name + " is missing in the jar");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
