package hearth.proving.report;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Formats numbers, times and the verdict for people. */
final class ReportText {

    private static final char NARROW_SPACE = '\u202f';
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH);

    private ReportText() {}

    /** {@code 3 214}, with a narrow space that does not break. */
    static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number).replace(',', NARROW_SPACE);
    }

    /** {@code 1 brew}, {@code 2 brews}. */
    static String count(long count, String one, String many) {
        return number(count) + " " + (count == 1 ? one : many);
    }

    static String day(LocalDateTime time) {
        return DAY.format(time);
    }

    static String moment(LocalDateTime time) {
        return MOMENT.format(time);
    }

    /** At most two units: {@code 42 s}, {@code 7 min 5 s}, {@code 3 h 20 min}, {@code 12 d 4 h}. */
    static String time(Duration time) {
        if (time.toDays() > 0) {
            return time.toDays() + " d " + time.toHoursPart() + " h";
        }
        if (time.toHours() > 0) {
            return time.toHours() + " h " + time.toMinutesPart() + " min";
        }
        if (time.toMinutes() > 0) {
            return time.toMinutes() + " min " + time.toSecondsPart() + " s";
        }
        return time.toSeconds() + " s";
    }

    /** The result of the year in one sentence. A rule that was never tested does not count as held. */
    static String verdict(ReportSummary summary, long faults, int kinds) {
        return "Seed " + summary.seed() + ": " + count(summary.days(), "day", "days") + ", "
                + count(faults, "injected fault", "injected faults") + " of " + count(kinds, "kind", "kinds") + ", "
                + rules(summary.rules()) + ".";
    }

    private static String rules(List<ReportSummary.RuleSummary> rules) {
        long broken = rules.stream().filter(rule -> rule.violations() > 0).count();
        long untested = rules.stream()
                .filter(rule -> rule.tested() == 0 && rule.violations() == 0)
                .count();
        if (rules.isEmpty()) {
            return "no rule checked";
        }
        if (broken > 0) {
            long times = rules.stream()
                    .mapToLong(ReportSummary.RuleSummary::violations)
                    .sum();
            return count(broken, "rule", "rules") + " broken, " + count(times, "time", "times") + " in total";
        }
        if (untested == 0) {
            return "every rule held";
        }
        return "every tested rule held, " + count(untested, "rule was", "rules were") + " not tested";
    }
}
