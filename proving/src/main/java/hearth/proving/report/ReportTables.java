package hearth.proving.report;

import static hearth.proving.report.Html.cell;
import static hearth.proving.report.Html.element;
import static hearth.proving.report.Html.escaped;
import static hearth.proving.report.Html.number;
import static hearth.proving.report.Html.row;
import static hearth.proving.report.Html.table;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The tables of the report. */
final class ReportTables {

    private ReportTables() {}

    static String tiles(List<ReportSummary.Figure> tiles) {
        return tiles.stream()
                .map(tile -> element("div", element("dt", escaped(tile.label())), element("dd", escaped(tile.value()))))
                .collect(Collectors.joining("\n"));
    }

    static String groups(List<ReportSummary.FigureGroup> groups) {
        return groups.stream()
                .map(group -> element(
                        "table",
                        element("caption", escaped(group.title())),
                        element(
                                "tbody",
                                group.figures().stream()
                                        .map(figure -> row(escaped(figure.label()), number(escaped(figure.value()))))
                                        .collect(Collectors.joining("\n")))))
                .collect(Collectors.joining("\n"));
    }

    static String rules(List<ReportSummary.RuleSummary> rules) {
        return table(
                "Safety rules",
                List.of("#No", "Rule", "#Tested", "Result"),
                rules.stream().map(ReportTables::rule).toList());
    }

    private static String rule(ReportSummary.RuleSummary rule) {
        return element(
                "tr",
                number(rule.number() == 0 ? "–" : Integer.toString(rule.number())),
                element("th scope=\"row\"", escaped(rule.title()), firstViolations(rule.first())),
                number(ReportText.number(rule.tested())),
                outcomeText(rule));
    }

    private static String outcomeText(ReportSummary.RuleSummary rule) {
        if (rule.violations() > 0) {
            return element("td class=\"broken\"", "broken " + ReportText.count(rule.violations(), "time", "times"));
        }
        return rule.tested() == 0 ? element("td class=\"untested\"", "not tested") : cell("held");
    }

    private static String firstViolations(List<String> first) {
        return first.isEmpty()
                ? ""
                : element(
                        "ul class=\"firsts\"",
                        first.stream().map(text -> element("li", escaped(text))).collect(Collectors.joining()));
    }

    static String injectedFaults(Map<String, EventTimes> faults, LocalDateTime begin) {
        return table(
                "Injected faults",
                List.of("Kind", "#Times", "First", "Last"),
                faults.entrySet().stream()
                        .sorted(Comparator.comparing(kind -> -kind.getValue().count()))
                        .map(kind -> row(
                                escaped(kind.getKey()),
                                number(ReportText.number(kind.getValue().count())),
                                moment(begin, kind.getValue().first()),
                                moment(begin, kind.getValue().last())))
                        .toList());
    }

    static String faults(Map<String, Intervals> faults) {
        return table(
                "Faults that the devices published",
                List.of("Device", "Fault", "#Times", "#Longest", "#Total"),
                faults.entrySet().stream()
                        .map(fault -> {
                            String[] name = fault.getKey().split(" ", 2);
                            Intervals periods = fault.getValue();
                            return row(
                                    escaped(name[0]),
                                    cell(escaped(name.length > 1 ? name[1] : "")),
                                    number(ReportText.number(periods.count())),
                                    number(ReportText.time(periods.longest())),
                                    number(ReportText.time(periods.total())));
                        })
                        .toList());
    }

    private static String moment(LocalDateTime begin, Duration at) {
        return cell(ReportText.moment(begin.plus(at)));
    }
}
