package hearth.simulator.terminal;

import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * The progress of a simulated year. In a terminal it is a bar that is redrawn in place, at most ten times per second;
 * in a pipe it is one line per month.
 */
public final class ProgressBar {

    private static final int CELLS = 30;
    private static final String PARTIAL_BLOCKS = " ▏▎▍▌▋▊▉";
    private static final long REDRAW_PERIOD_NS = Duration.ofMillis(100).toNanos();
    private static final int MONTH_D = 30;

    /** Before this time no remaining time is shown: it would be a guess. */
    private static final long WARM_UP_NS = Duration.ofMillis(500).toNanos();

    private final Terminal terminal;
    private final Duration total;
    private final LongSupplier nanoTime;
    private final long begin;
    private long drawnAt;
    private long printedDay;

    /** @param nanoTime {@code System::nanoTime} */
    public ProgressBar(Terminal terminal, Duration total, LongSupplier nanoTime) {
        this.terminal = terminal;
        this.total = total;
        this.nanoTime = nanoTime;
        this.begin = nanoTime.getAsLong();
        this.drawnAt = begin - REDRAW_PERIOD_NS;
    }

    /** Draws the progress if it is due. Cheap, so any number of calls is fine. */
    public void update(Duration simulated) {
        if (terminal.inPlace()) {
            long now = nanoTime.getAsLong();
            if (now - drawnAt >= REDRAW_PERIOD_NS) {
                drawnAt = now;
                terminal.status(bar(simulated, now));
            }
        } else if (simulated.toDays() - printedDay >= MONTH_D) {
            printedDay = simulated.toDays() - simulated.toDays() % MONTH_D;
            terminal.printLine(days(simulated) + remaining(simulated, nanoTime.getAsLong(), ", "));
        }
    }

    /** Removes the bar. */
    public void clear() {
        terminal.endStatus();
    }

    private String bar(Duration simulated, long now) {
        int parts = (int) Math.floor(fraction(simulated) * CELLS * PARTIAL_BLOCKS.length());
        int full = parts / PARTIAL_BLOCKS.length();
        String partial = full < CELLS
                ? PARTIAL_BLOCKS.substring(parts % PARTIAL_BLOCKS.length(), parts % PARTIAL_BLOCKS.length() + 1)
                : "";
        String cells = "█".repeat(full) + partial + " ".repeat(Math.max(0, CELLS - full - partial.length()));
        String percent = String.format(Locale.ROOT, "%3.0f %%", Math.floor(100 * fraction(simulated)));
        return days(simulated) + "  ▕" + terminal.styled(TextStyle.HEATING, cells) + "▏ " + percent
                + terminal.styled(TextStyle.ROUTINE, remaining(simulated, now, "  "));
    }

    private double fraction(Duration simulated) {
        return Math.min(1, (double) simulated.toMillis() / total.toMillis());
    }

    private String days(Duration simulated) {
        String all = Long.toString(total.toDays());
        String day = Long.toString(Math.min(simulated.toDays(), total.toDays()));
        return "day " + " ".repeat(Math.max(0, all.length() - day.length())) + day + " of " + all;
    }

    private String remaining(Duration simulated, long now, String separator) {
        long spent = now - begin;
        double share = fraction(simulated);
        if (spent < WARM_UP_NS || share <= 0) {
            return "";
        }
        long seconds = Math.round(spent * (1 - share) / share / 1e9);
        return separator + (seconds >= 120 ? Math.round(seconds / 60.0) + " min left" : seconds + " s left");
    }
}
