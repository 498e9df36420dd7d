package hearth.proving;

import hearth.common.settings.BadSettings;
import hearth.proving.year.YearPlan;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the simulated year is asked for.
 *
 * @param report  where the page is written
 * @param journal where all that happens is written down, if anywhere
 * @param replay  a journal to run again; then nothing else counts
 */
record YearOptions(boolean help, long seed, int days, Path report, Optional<Path> journal, Optional<Path> replay) {

    static final String HELP = """
            demo --year: a year of the house in a minute, with everything going wrong that does go wrong

            usage: bin/demo --year [--seed N] [--days N] [--out FILE] [--journal FILE]
                   bin/demo --replay FILE

              --seed N        another year for each number: other weather, people, drives and faults; 1 if not given
              --days N        from the 1st of January on, 1 to 3650; 365 if not given
              --out FILE      the report, a page that opens from the file system; hearth-year-SEED.html if not given
              --journal FILE  all that went into the devices and came out, a line each; packed if FILE ends in .gz
              --replay FILE   runs such a journal through the controllers as they are now, and tells the first
                              decision that differs

            Exit 0: every safety rule held, and enough happened for that to mean something; or nothing differs.
            1: not so. 78: options.
            """;

    private static final int MAX_DAYS = 3650;

    static YearOptions parse(String... args) throws BadSettings {
        boolean help = false;
        long seed = 1;
        int days = YearPlan.DAYS_PER_YEAR;
        Optional<Path> report = Optional.empty();
        Optional<Path> journal = Optional.empty();
        Optional<Path> replay = Optional.empty();
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--year" -> {}
                case "--help" -> help = true;
                case "--seed" -> seed = number("--seed", value(args, ++i), 0, Integer.MAX_VALUE);
                case "--days" -> days = (int) number("--days", value(args, ++i), 1, MAX_DAYS);
                case "--out" -> report = Optional.of(Path.of(value(args, ++i)));
                case "--journal" -> journal = Optional.of(Path.of(value(args, ++i)));
                case "--replay" -> replay = Optional.of(Path.of(value(args, ++i)));
                default -> throw badOption(args[i] + ": no such option with --year; see bin/demo --year --help");
            }
        }
        Path usual = Path.of("hearth-year-" + seed + ".html");
        return new YearOptions(help, seed, days, report.orElse(usual), journal, replay);
    }

    private static String value(String[] args, int i) throws BadSettings {
        if (i >= args.length) {
            throw badOption(args[i - 1] + ": expected a value behind it; see bin/demo --year --help");
        }
        return args[i];
    }

    private static long number(String option, String text, long least, long most) throws BadSettings {
        if (text.matches("[0-9]{1,10}") && Long.parseLong(text) >= least && Long.parseLong(text) <= most) {
            return Long.parseLong(text);
        }
        throw badOption(option + " " + text + ": expected a whole number from " + least + " to " + most);
    }

    private static BadSettings badOption(String problem) {
        return new BadSettings(List.of(problem));
    }
}
