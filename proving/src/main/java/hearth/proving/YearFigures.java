package hearth.proving;

import hearth.proving.checker.Findings;
import hearth.proving.checker.Rule;
import hearth.proving.report.Summary;
import hearth.proving.report.Summary.Figure;
import hearth.proving.report.Summary.Group;
import hearth.proving.year.Chronicle;
import hearth.proving.year.Tally;
import hearth.proving.year.Year;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a year came to, as lines for a terminal and as figures for its report. */
final class YearFigures {

    private static final int HEAT_PIN = 17;
    private static final int COOL_PIN = 27;
    private static final int COFFEE_PIN = 22;
    private static final LocalDateTime BEGIN = LocalDateTime.of(2030, 1, 1, 0, 0);

    private final Chronicle chronicle;
    private final Year year;
    private final Tally tally;

    YearFigures(Chronicle chronicle) {
        this.chronicle = chronicle;
        this.year = chronicle.year();
        this.tally = year.tally();
    }

    /** One sentence. */
    String verdict() {
        if (!chronicle.allRulesHeld()) {
            return "A rule was broken.";
        }
        return chronicle.notTelling().isEmpty()
                ? "Every rule held."
                : "Every rule held, but too little happened for that to mean much.";
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (Group group : groups()) {
            lines.add("");
            lines.add(group.title());
            for (Figure figure : group.figures()) {
                lines.add(String.format(Locale.ROOT, "  %-34s %s", figure.label(), figure.value()));
            }
        }
        lines.add("");
        lines.add("Rules, and how often each was put to the test");
        for (Rule rule : Rule.values()) {
            Findings.Finding finding = chronicle.findings().of(rule);
            String verdict = finding.broken() == 0 ? "held" : "BROKEN " + finding.broken() + " times";
            lines.add(String.format(
                    Locale.ROOT, "  %2d %7d  %s: %s", rule.number(), finding.tested(), verdict, rule.title()));
            finding.first().forEach(violation -> lines.add("              " + violation));
        }
        chronicle.notTelling().forEach(line -> lines.add("not telling: " + line));
        lines.add("");
        lines.add("journal: " + chronicle.entries() + " entries, SHA-256 " + chronicle.sha256());
        return lines;
    }

    Summary summary() {
        List<Figure> tiles = List.of(
                new Figure("heatings", Long.toString(tally.runs(HEAT_PIN))),
                new Figure("coolings", Long.toString(tally.runs(COOL_PIN))),
                new Figure("brews", Long.toString(tally.runs(COFFEE_PIN))),
                new Figure("trips announced", Long.toString(tally.trips())),
                new Figure("mishaps", Long.toString(mishaps())),
                new Figure("outside the band", format("%.0f K·h", year.tooColdKh() + year.tooWarmKh())));
        return new Summary(
                "A year in the house",
                chronicle.plan().seed(),
                chronicle.plan().days(),
                BEGIN,
                "bin/demo --year --seed " + chronicle.plan().seed() + " --days "
                        + chronicle.plan().days(),
                tiles,
                groups(),
                Summary.Rule.of(chronicle.findings()));
    }

    private List<Group> groups() {
        return List.of(
                new Group(
                        "Comfort, while people wanted the room kept",
                        List.of(
                                new Figure("below the band", format("%.1f K·h", year.tooColdKh())),
                                new Figure("above the band", format("%.1f K·h", year.tooWarmKh())))),
                new Group(
                        "Switchings and energy",
                        List.of(
                                relay("heating", HEAT_PIN, format(", %.0f kWh of heat", year.heatKwh())),
                                relay("cooling", COOL_PIN, format(", %.0f kWh of cold", year.coldKwh())),
                                relay("coffee machine", COFFEE_PIN, ""))),
                new Group(
                        "Trips and cups",
                        List.of(
                                new Figure("arrivals at home", Long.toString(year.arrivals())),
                                new Figure("trips announced", Long.toString(tally.trips())),
                                new Figure("cups told ready", Long.toString(tally.brewed())))),
                new Group("What went wrong, by kind", counts(chronicle.mishaps())),
                new Group("What the devices told of it", counts(tally.faultsTold())),
                new Group(
                        "The journal",
                        List.of(
                                new Figure("entries", Long.toString(chronicle.entries())),
                                new Figure("SHA-256", chronicle.sha256()))));
    }

    private Figure relay(String what, int pin, String energy) {
        return new Figure(what, tally.runs(pin) + " runs, " + tally.switchings(pin) + " switchings" + energy);
    }

    private long mishaps() {
        return chronicle.mishaps().values().stream().mapToLong(Long::longValue).sum();
    }

    private static List<Figure> counts(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .map(each -> new Figure(each.getKey(), Long.toString(each.getValue())))
                .toList();
    }

    private static String format(String pattern, double number) {
        return String.format(Locale.ROOT, pattern, number);
    }
}
