package hearth.proving.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;

/**
 * Writes the report of a year: one HTML file without other files, which any browser opens without a network. About one
 * megabyte for 365 days.
 */
public final class Report {

    private static final List<String> SCRIPTS = List.of("figures.js", "words.js", "charts.js", "lanes.js", "view.js");

    private Report() {}

    /** @param plot is closed: no entry may be added afterwards */
    public static void write(Path file, PlotData plot, ReportSummary summary) throws IOException {
        plot.close();
        LocalDateTime begin = summary.begin();
        LocalDateTime end = begin.plus(plot.length());
        Map<String, String> values = Map.ofEntries(
                Map.entry("title", Html.escaped(summary.title())),
                Map.entry("verdict", verdictText(plot, summary)),
                Map.entry("from-to", ReportText.day(begin) + " to " + ReportText.day(end.minusSeconds(1))),
                Map.entry("again", Html.escaped(summary.command())),
                Map.entry("tiles", ReportTables.tiles(summary.tiles())),
                Map.entry("rules", ReportTables.rules(summary.rules())),
                Map.entry("groups", ReportTables.groups(summary.groups())),
                Map.entry("mishaps", ReportTables.injectedFaults(plot.injectedFaults(), begin)),
                Map.entry("faults", ReportTables.faults(plot.faults())),
                Map.entry("data", PlotJson.of(plot, begin)),
                Map.entry("chart-style", HtmlTemplate.resource("uplot/uPlot.min.css")),
                Map.entry("chart-script", HtmlTemplate.resource("uplot/uPlot.iife.min.js")),
                Map.entry("style", HtmlTemplate.resource("report.css")),
                Map.entry("script", scripts()));
        Files.writeString(file, new HtmlTemplate(HtmlTemplate.resource("report.html")).filled(values));
    }

    private static String scripts() throws IOException {
        StringBuilder scripts = new StringBuilder();
        for (String name : SCRIPTS) {
            scripts.append(HtmlTemplate.resource(name)).append('\n');
        }
        return scripts.toString();
    }

    private static String verdictText(PlotData plot, ReportSummary summary) {
        return Html.escaped(ReportText.verdict(
                summary, plot.injectedFaultCount(), plot.injectedFaults().size()));
    }
}
