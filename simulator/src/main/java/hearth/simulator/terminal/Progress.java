package hearth.simulator.terminal;

import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * How far a simulated year is. At a terminal a bar that is redrawn in place, at most ten times a second; elsewhere a
 * line a month.
 */
public final class Progress {

    private static final int CELLS = 30;
    private static final String PARTS = " ▏▎▍▌▋▊▉";
    private static final long BETWEEN_NS = Duration.ofMillis(100).toNanos();
    private static final int MONTH_D = 30;

    /** Earlier, how long it will take is a guess. */
    private static final long WARM_NS = Duration.ofMillis(500).toNanos();

    private final Terminal terminal;
    private final Duration whole;
    private final LongSupplier nanoTime;
    private final long begin;
    private long drawn;
    private long saidDay;

    /** @param nanoTime {@code System::nanoTime} */
    public Progress(Terminal terminal, Duration whole, LongSupplier nanoTime) {
        this.terminal = terminal;
        this.whole = whole;
        this.nanoTime = nanoTime;
        this.begin = nanoTime.getAsLong();
        this.drawn = begin - BETWEEN_NS;
    }

    /** To be called as often as it suits: it is cheap. */
    public void at(Duration simulated) {
        if (terminal.inPlace()) {
            long now = nanoTime.getAsLong();
            if (now - drawn >= BETWEEN_NS) {
                drawn = now;
                terminal.status(bar(simulated, now));
            }
        } else if (simulated.toDays() - saidDay >= MONTH_D) {
            saidDay = simulated.toDays() - simulated.toDays() % MONTH_D;
            terminal.line(days(simulated) + left(simulated, nanoTime.getAsLong(), ", "));
        }
    }

    /** Takes the bar away. */
    public void done() {
        terminal.endStatus();
    }

    private String bar(Duration simulated, long now) {
        int parts = (int) Math.floor(share(simulated) * CELLS * PARTS.length());
        int full = parts / PARTS.length();
        String begun = full < CELLS ? PARTS.substring(parts % PARTS.length(), parts % PARTS.length() + 1) : "";
        String cells = "█".repeat(full) + begun + " ".repeat(Math.max(0, CELLS - full - begun.length()));
        String percent = String.format(Locale.ROOT, "%3.0f %%", Math.floor(100 * share(simulated)));
        return days(simulated) + "  ▕" + terminal.painted(Ink.HEATING, cells) + "▏ " + percent
                + terminal.painted(Ink.ROUTINE, left(simulated, now, "  "));
    }

    private double share(Duration simulated) {
        return Math.min(1, (double) simulated.toMillis() / whole.toMillis());
    }

    private String days(Duration simulated) {
        String all = Long.toString(whole.toDays());
        String day = Long.toString(Math.min(simulated.toDays(), whole.toDays()));
        return "day " + " ".repeat(Math.max(0, all.length() - day.length())) + day + " of " + all;
    }

    private String left(Duration simulated, long now, String before) {
        long spent = now - begin;
        double share = share(simulated);
        if (spent < WARM_NS || share <= 0) {
            return "";
        }
        long seconds = Math.round(spent * (1 - share) / share / 1e9);
        return before + (seconds >= 120 ? Math.round(seconds / 60.0) + " min left" : seconds + " s left");
    }
}
