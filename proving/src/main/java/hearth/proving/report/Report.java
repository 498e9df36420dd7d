package hearth.proving.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;

/**
 * Writes a year as a page: one file with all it needs inside, for any browser, from a folder, without a network. About
 * a megabyte for 365 days.
 */
public final class Report {

    private static final List<String> SCRIPTS = List.of("figures.js", "words.js", "charts.js", "lanes.js", "view.js");

    private Report() {}

    /** @param plot is closed by this: nothing may be added afterwards */
    public static void write(Path file, Plot plot, Summary summary) throws IOException {
        plot.close();
        LocalDateTime begin = summary.begin();
        LocalDateTime end = begin.plus(plot.length());
        Map<String, String> fillings = Map.ofEntries(
                Map.entry("title", Html.escaped(summary.title())),
                Map.entry("verdict", verdict(plot, summary)),
                Map.entry("from-to", Words.day(begin) + " to " + Words.day(end.minusSeconds(1))),
                Map.entry("again", Html.escaped(summary.again())),
                Map.entry("tiles", Tables.tiles(summary.tiles())),
                Map.entry("rules", Tables.rules(summary.rules())),
                Map.entry("groups", Tables.groups(summary.groups())),
                Map.entry("mishaps", Tables.mishaps(plot.mishaps(), begin)),
                Map.entry("faults", Tables.faults(plot.faults())),
                Map.entry("data", Figures.of(plot, begin)),
                Map.entry("chart-style", Template.resource("uplot/uPlot.min.css")),
                Map.entry("chart-script", Template.resource("uplot/uPlot.iife.min.js")),
                Map.entry("style", Template.resource("report.css")),
                Map.entry("script", scripts()));
        Files.writeString(file, new Template(Template.resource("report.html")).filled(fillings));
    }

    private static String scripts() throws IOException {
        StringBuilder scripts = new StringBuilder();
        for (String name : SCRIPTS) {
            scripts.append(Template.resource(name)).append('\n');
        }
        return scripts.toString();
    }

    private static String verdict(Plot plot, Summary summary) {
        return Html.escaped(
                Words.verdict(summary, plot.mishapCount(), plot.mishaps().size()));
    }
}
