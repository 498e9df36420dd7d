package hearth.simulator.terminal;

import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * How far a simulated year is. At a terminal a bar that is redrawn in place, at most ten times a second; elsewhere a
 * line a month.
 */
public final class ProgressBar {

    private static final int CELLS = 30;
    private static final String PARTIAL_BLOCKS = " ▏▎▍▌▋▊▉";
    private static final long REDRAW_PERIOD_NS = Duration.ofMillis(100).toNanos();
    private static final int MONTH_D = 30;

    /** Earlier, how long it will take is a guess. */
    private static final long WARM_UP_NS = Duration.ofMillis(500).toNanos();

    private final Terminal terminal;
    private final Duration total;
    private final LongSupplier nanoTime;
    private final long begin;
    private long drawnAt;
    private long printedDay;

    /** @param nanoTime {@code System::nanoTime} */
    public ProgressBar(Terminal terminal, Duration whole, LongSupplier nanoTime) {
        this.terminal = terminal;
        this.total = whole;
        this.nanoTime = nanoTime;
        this.begin = nanoTime.getAsLong();
        this.drawnAt = begin - REDRAW_PERIOD_NS;
    }

    /** To be called as often as it suits: it is cheap. */
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

    /** Takes the bar away. */
    public void clear() {
        terminal.endStatus();
    }

    private String bar(Duration simulated, long now) {
        int parts = (int) Math.floor(fraction(simulated) * CELLS * PARTIAL_BLOCKS.length());
        int full = parts / PARTIAL_BLOCKS.length();
        String begun = full < CELLS
                ? PARTIAL_BLOCKS.substring(parts % PARTIAL_BLOCKS.length(), parts % PARTIAL_BLOCKS.length() + 1)
                : "";
        String cells = "█".repeat(full) + begun + " ".repeat(Math.max(0, CELLS - full - begun.length()));
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

    private String remaining(Duration simulated, long now, String before) {
        long spent = now - begin;
        double share = fraction(simulated);
        if (spent < WARM_UP_NS || share <= 0) {
            return "";
        }
        long seconds = Math.round(spent * (1 - share) / share / 1e9);
        return before + (seconds >= 120 ? Math.round(seconds / 60.0) + " min left" : seconds + " s left");
    }
}
