package hearth.proving;

import hearth.common.settings.BadSettings;
import hearth.proving.year.YearPlan;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The command line options of the simulated year.
 *
 * @param report  the file of the report
 * @param journal the file of the journal; empty for none
 * @param replay  a journal to replay; all other options are then ignored
 */
record YearOptions(boolean help, long seed, int days, Path report, Optional<Path> journal, Optional<Path> replay) {

    static final String HELP = """
            demo --year: simulates a year of four nodes in a minute, with weather, residents and injected faults

            usage: bin/demo --year [--seed N] [--days N] [--out FILE] [--journal FILE]
                   bin/demo --replay FILE

              --seed N        each number gives other weather, residents, car trips and faults; default 1
              --days N        number of days from 1 January, 1 to 3650; default 365
              --out FILE      the report, an HTML page that needs no server; default hearth-year-SEED.html
              --journal FILE  writes each input and output of the nodes as one line; compressed if FILE ends with .gz
              --replay FILE   sends the inputs of such a journal to the present controllers and prints the first
                              decision that differs

            Exit 0: every safety rule held and was tested often enough; with --replay, no decision differs.
            1: a rule was broken or tested too rarely, or a decision differs. 78: bad options.
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
        Path defaultReport = Path.of("hearth-year-" + seed + ".html");
        return new YearOptions(help, seed, days, report.orElse(defaultReport), journal, replay);
    }

    private static String value(String[] args, int i) throws BadSettings {
        if (i >= args.length) {
            throw badOption(args[i - 1] + ": requires a value; see bin/demo --year --help");
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
