package hearth.proving.report;

import java.util.List;
import java.util.stream.Collectors;

/** Builds HTML elements. Callers escape text first; this class inserts its arguments unchanged. */
final class Html {

    private Html() {}

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** @param start the tag with its attributes: {@code td class="number"} */
    static String element(String start, String... inside) {
        int blank = start.indexOf(' ');
        return "<" + start + ">" + String.join("", inside) + "</" + (blank < 0 ? start : start.substring(0, blank))
                + ">";
    }

    /** @param headers of the columns; a header that begins with {@code #} is for numbers */
    static String table(String caption, List<String> headers, List<String> rows) {
        return element(
                "table",
                element("caption", caption),
                element(
                        "thead",
                        element(
                                "tr",
                                headers.stream()
                                        .map(header -> header.startsWith("#")
                                                ? element("th scope=\"col\" class=\"number\"", header.substring(1))
                                                : element("th scope=\"col\"", header))
                                        .collect(Collectors.joining()))),
                element("tbody", String.join("\n", rows)));
    }

    static String row(String head, String... cells) {
        return element("tr", element("th scope=\"row\"", head), String.join("", cells));
    }

    static String cell(String inside) {
        return element("td", inside);
    }

    static String number(String inside) {
        return element("td class=\"number\"", inside);
    }
}
