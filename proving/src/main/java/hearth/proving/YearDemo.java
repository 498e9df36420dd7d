package hearth.proving;

import hearth.common.settings.BadSettings;
import hearth.proving.journal.JournalEntry;
import hearth.proving.journal.JournalFiles;
import hearth.proving.replay.Replay;
import hearth.proving.report.PlotData;
import hearth.proving.report.Report;
import hearth.proving.year.CheckedYear;
import hearth.proving.year.DeviceInterceptor;
import hearth.proving.year.YearPlan;
import hearth.simulator.terminal.ProgressBar;
import hearth.simulator.terminal.Terminal;
import hearth.simulator.terminal.TextStyle;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** The main class of {@code bin/demo --year} and {@code bin/demo --replay}: see {@link YearOptions#HELP}. */
public final class YearDemo {

    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int BAD_OPTIONS = 78;

    private YearDemo() {}

    public static void main(String[] args) {
        System.setProperty("tinylog.level", "off"); // Read when the logger loads: a year has thousands of warnings.
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        Terminal terminal = Terminal.of(out, Boolean.getBoolean("hearth.terminal"), System.getenv());
        System.exit(run(args, terminal));
    }

    static int run(String[] args, Terminal terminal) {
        try {
            YearOptions options = YearOptions.parse(args);
            if (options.help()) {
                terminal.printLine(YearOptions.HELP.stripTrailing());
                return OK;
            }
            boolean passed = options.replay().isPresent()
                    ? replay(options.replay().get(), terminal)
                    : runYear(options, terminal);
            return passed ? OK : FAILED;
        } catch (BadSettings e) {
            e.problems().forEach(terminal::printLine);
            return BAD_OPTIONS;
        } catch (IOException | UncheckedIOException e) {
            terminal.endStatus();
            terminal.printLine("failed: " + e.getMessage());
            return FAILED;
        }
    }

    private static boolean replay(Path file, Terminal terminal) throws IOException {
        List<JournalEntry> journal = JournalFiles.read(file);
        Optional<Replay.Difference> difference = Replay.of(journal);
        terminal.printLine(difference
                .map(found -> "the first decision that differs from the journal: " + found)
                .orElse(journal.size() + " entries: no decision differs from the journal"));
        return difference.isEmpty();
    }

    private static boolean runYear(YearOptions options, Terminal terminal) throws IOException {
        Duration length = Duration.ofDays(options.days());
        YearPlan plan = YearPlan.fromNewYear(options.seed(), options.days());
        PlotData plot = new PlotData(length);
        ProgressBar progress = new ProgressBar(terminal, length, System::nanoTime);
        List<Consumer<JournalEntry>> readers = new ArrayList<>(List.of(plot));
        terminal.printLine("Simulating " + options.days() + " days, seed " + options.seed()
                + ": weather, residents, car trips and injected faults.");
        long begin = System.nanoTime();
        CheckedYear checkedYear;
        if (options.journal().isPresent()) {
            try (JournalFiles.JournalWriter journal =
                    JournalFiles.openForWriting(options.journal().get())) {
                readers.add(journal);
                checkedYear = CheckedYear.run(
                        plan, DeviceInterceptor.NONE, readers, plot::addTrueTemperatures, progress::update);
            }
        } else {
            checkedYear =
                    CheckedYear.run(plan, DeviceInterceptor.NONE, readers, plot::addTrueTemperatures, progress::update);
        }
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        progress.clear();
        YearResults figures = new YearResults(checkedYear);
        figures.lines().forEach(terminal::printLine);
        Report.write(options.report(), plot, figures.summary());
        terminal.printLine("");
        terminal.printLine("Report (open it in a browser): " + options.report());
        terminal.printLine(String.format(Locale.ROOT, "It took %.1f s.", took.toMillis() / 1000.0));
        boolean passed =
                checkedYear.allRulesHeld() && checkedYear.tooRareEvents().isEmpty();
        terminal.printLine(terminal.styled(passed ? TextStyle.GOOD : TextStyle.FAULT, figures.verdict()));
        return passed;
    }
}
