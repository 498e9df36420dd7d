package hearth.proving;

import hearth.proving.checker.Findings;
import hearth.proving.checker.SafetyRule;
import hearth.proving.report.ReportSummary;
import hearth.proving.report.ReportSummary.Figure;
import hearth.proving.report.ReportSummary.FigureGroup;
import hearth.proving.year.CheckedYear;
import hearth.proving.year.SimulatedYear;
import hearth.proving.year.YearCounts;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The results of a simulated year, as lines for a terminal and as figures for the report. */
final class YearResults {

    private static final int HEAT_PIN = 17;
    private static final int COOL_PIN = 27;
    private static final int COFFEE_PIN = 22;
    private static final LocalDateTime BEGIN = LocalDateTime.of(2030, 1, 1, 0, 0);

    private final CheckedYear run;
    private final SimulatedYear year;
    private final YearCounts yearCounts;

    YearResults(CheckedYear checkedYear) {
        this.run = checkedYear;
        this.year = checkedYear.year();
        this.yearCounts = year.counts();
    }

    /** One sentence. */
    String verdict() {
        if (!run.allRulesHeld()) {
            return "A rule was broken.";
        }
        return run.tooRareEvents().isEmpty()
                ? "Every rule held."
                : "Every rule held, but some events were too rare to prove it: see above.";
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (FigureGroup group : groups()) {
            lines.add("");
            lines.add(group.title());
            for (Figure figure : group.figures()) {
                lines.add(String.format(Locale.ROOT, "  %-34s %s", figure.label(), figure.value()));
            }
        }
        lines.add("");
        lines.add("Safety rules: number, how often tested, result");
        for (SafetyRule rule : SafetyRule.values()) {
            Findings.RuleFinding finding = run.findings().forRule(rule);
            String verdict = finding.broken() == 0 ? "held" : "BROKEN " + finding.broken() + " times";
            lines.add(String.format(
                    Locale.ROOT, "  %2d %7d  %s: %s", rule.number(), finding.tested(), verdict, rule.title()));
            finding.first().forEach(violation -> lines.add("              " + violation));
        }
        run.tooRareEvents().forEach(line -> lines.add("too rare: " + line));
        lines.add("");
        lines.add("journal: " + run.entries() + " entries, SHA-256 " + run.sha256());
        return lines;
    }

    ReportSummary summary() {
        List<Figure> tiles = List.of(
                new Figure("heating periods", Long.toString(yearCounts.switchOns(HEAT_PIN))),
                new Figure("cooling periods", Long.toString(yearCounts.switchOns(COOL_PIN))),
                new Figure("brews", Long.toString(yearCounts.switchOns(COFFEE_PIN))),
                new Figure("trips announced", Long.toString(yearCounts.trips())),
                new Figure("injected faults", Long.toString(injectedFaults())),
                new Figure("outside the band", format("%.0f K·h", year.tooColdKh() + year.tooWarmKh())));
        return new ReportSummary(
                "Simulated year",
                run.plan().seed(),
                run.plan().days(),
                BEGIN,
                "bin/demo --year --seed " + run.plan().seed() + " --days "
                        + run.plan().days(),
                tiles,
                groups(),
                ReportSummary.RuleSummary.of(run.findings()));
    }

    private List<FigureGroup> groups() {
        return List.of(
                new FigureGroup(
                        "Comfort, while the mode is heat_cool and the preset home",
                        List.of(
                                new Figure("below the band", format("%.1f K·h", year.tooColdKh())),
                                new Figure("above the band", format("%.1f K·h", year.tooWarmKh())))),
                new FigureGroup(
                        "Switchings and energy",
                        List.of(
                                relayFigure("heating", HEAT_PIN, format(", %.0f kWh heating energy", year.heatKwh())),
                                relayFigure("cooling", COOL_PIN, format(", %.0f kWh cooling energy", year.coldKwh())),
                                relayFigure("coffee machine", COFFEE_PIN, ""))),
                new FigureGroup(
                        "Trips and cups",
                        List.of(
                                new Figure("arrivals at home", Long.toString(year.arrivals())),
                                new Figure("trips announced", Long.toString(yearCounts.trips())),
                                new Figure("brews reported as ready", Long.toString(yearCounts.brewsReported())))),
                new FigureGroup("Injected faults, by kind", counts(run.injectedFaults())),
                new FigureGroup("Faults that the devices published", counts(yearCounts.reportedFaults())),
                new FigureGroup(
                        "Journal",
                        List.of(
                                new Figure("entries", Long.toString(run.entries())),
                                new Figure("SHA-256", run.sha256()))));
    }

    private Figure relayFigure(String what, int pin, String energy) {
        return new Figure(
                what, yearCounts.switchOns(pin) + " times on, " + yearCounts.switchings(pin) + " switchings" + energy);
    }

    private long injectedFaults() {
        return run.injectedFaults().values().stream().mapToLong(Long::longValue).sum();
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
