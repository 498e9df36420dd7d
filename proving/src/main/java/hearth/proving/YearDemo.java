package hearth.proving;

import hearth.common.settings.BadSettings;
import hearth.proving.journal.Entry;
import hearth.proving.journal.Journals;
import hearth.proving.replay.Replay;
import hearth.proving.report.Plot;
import hearth.proving.report.Report;
import hearth.proving.year.Chronicle;
import hearth.proving.year.Plan;
import hearth.proving.year.Tampering;
import hearth.simulator.terminal.Ink;
import hearth.simulator.terminal.Progress;
import hearth.simulator.terminal.Terminal;
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

/** What {@code bin/demo --year} and {@code bin/demo --replay} run: see {@link YearOptions#HELP}. */
public final class YearDemo {

    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int BAD_OPTIONS = 78;

    private YearDemo() {}

    public static void main(String[] args) {
        System.setProperty("tinylog.level", "off"); // Read when the logger loads. A year of warnings is for nobody.
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        Terminal terminal = Terminal.of(out, Boolean.getBoolean("hearth.terminal"), System.getenv());
        System.exit(run(args, terminal));
    }

    static int run(String[] args, Terminal terminal) {
        try {
            YearOptions options = YearOptions.parse(args);
            if (options.help()) {
                terminal.line(YearOptions.HELP.stripTrailing());
                return OK;
            }
            boolean well =
                    options.replay().isPresent() ? replay(options.replay().get(), terminal) : live(options, terminal);
            return well ? OK : FAILED;
        } catch (BadSettings e) {
            e.problems().forEach(terminal::line);
            return BAD_OPTIONS;
        } catch (IOException | UncheckedIOException e) {
            terminal.endStatus();
            terminal.line("it ends: " + e.getMessage());
            return FAILED;
        }
    }

    private static boolean replay(Path file, Terminal terminal) throws IOException {
        List<Entry> journal = Journals.read(file);
        Optional<Replay.Difference> difference = Replay.of(journal);
        terminal.line(difference
                .map(found -> "the first decision that differs, " + found)
                .orElse(journal.size() + " entries: every decision as it was"));
        return difference.isEmpty();
    }

    private static boolean live(YearOptions options, Terminal terminal) throws IOException {
        Duration length = Duration.ofDays(options.days());
        Plan plan = Plan.fromNewYear(options.seed(), options.days());
        Plot plot = new Plot(length);
        Progress progress = new Progress(terminal, length, System::nanoTime);
        List<Consumer<Entry>> readers = new ArrayList<>(List.of(plot));
        terminal.line("A house for " + options.days() + " days, seed " + options.seed()
                + ": its weather, its people, its drives, and everything going wrong that does go wrong.");
        long begin = System.nanoTime();
        Chronicle chronicle;
        if (options.journal().isPresent()) {
            try (Journals.Recorder journal = Journals.into(options.journal().get())) {
                readers.add(journal);
                chronicle = Chronicle.of(plan, Tampering.NONE, readers, plot::world, progress::at);
            }
        } else {
            chronicle = Chronicle.of(plan, Tampering.NONE, readers, plot::world, progress::at);
        }
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        progress.done();
        YearFigures figures = new YearFigures(chronicle);
        figures.lines().forEach(terminal::line);
        Report.write(options.report(), plot, figures.summary());
        terminal.line("");
        terminal.line("The report, to be opened in a browser: " + options.report());
        terminal.line(String.format(Locale.ROOT, "It took %.1f s.", took.toMillis() / 1000.0));
        boolean well = chronicle.allRulesHeld() && chronicle.notTelling().isEmpty();
        terminal.line(terminal.painted(well ? Ink.GOOD : Ink.FAULT, figures.verdict()));
        return well;
    }
}
