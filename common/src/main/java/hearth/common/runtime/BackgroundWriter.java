package hearth.common.runtime;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.text.SimpleDateFormat;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.tinylog.Level;
import org.tinylog.core.LogEntry;
import org.tinylog.core.LogEntryValue;
import org.tinylog.writers.Writer;

/**
 * Writes the log to standard error, on a separate thread. A write blocks for ever if the reader stops (Ctrl-S in a
 * terminal, a journal on a failing SD card), and that must not stop the loop that switches the relays. Lines that do
 * not fit into the buffer are dropped; the next written line gives their number.
 *
 * <p>Under systemd the journal adds the time, and reads the level from {@code <N>} at the start of each line
 * (sd-daemon(3)). Otherwise each line starts with time and level.
 */
public final class BackgroundWriter implements Writer {

    private static final int MAX_LINES = 1_000;
    private static final long CLOSE_TIMEOUT_MS = 500;

    private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(MAX_LINES);
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong unwritten = new AtomicLong();
    private final PrintStream out;
    private final boolean toTheJournal;

    /** Called by tinylog. @param properties tinylog's configuration, not used */
    public BackgroundWriter(Map<String, String> properties) {
        this(System.err, System.getenv("JOURNAL_STREAM") != null);
    }

    BackgroundWriter(PrintStream out, boolean toTheJournal) {
        this.out = out;
        this.toTheJournal = toTheJournal;
        Thread thread = new Thread(this::writeAll, "log");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public Collection<LogEntryValue> getRequiredLogEntryValues() {
        return EnumSet.of(LogEntryValue.LEVEL, LogEntryValue.MESSAGE, LogEntryValue.EXCEPTION);
    }

    @Override
    public void write(LogEntry entry) {
        unwritten.incrementAndGet();
        if (!waiting.offer(text(entry))) {
            unwritten.decrementAndGet();
            dropped.incrementAndGet();
        }
    }

    /** Nothing to do: each line is flushed as it is written. */
    @Override
    public void flush() {}

    /** Waits for unwritten lines, at most 0.5 s. */
    @Override
    public void close() throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CLOSE_TIMEOUT_MS);
        synchronized (this) {
            for (long left = CLOSE_TIMEOUT_MS; unwritten.get() > 0 && left > 0; ) {
                wait(left);
                left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            }
        }
    }

    private void writeAll() {
        List<String> lines = new ArrayList<>();
        try {
            while (true) {
                lines.add(waiting.take());
                waiting.drainTo(lines);
                long lost = dropped.getAndSet(0);
                if (lost > 0) {
                    out.println(line(
                            Level.WARN,
                            lost + " lines of the log were dropped: the reader of standard error is too slow"));
                }
                lines.forEach(out::println);
                out.flush();
                synchronized (this) {
                    unwritten.addAndGet(-lines.size());
                    notifyAll();
                }
                lines.clear();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // The process ends.
        }
    }

    private String text(LogEntry entry) {
        Throwable exception = entry.getException();
        if (exception == null) {
            return line(entry.getLevel(), entry.getMessage());
        }
        StringWriter trace = new StringWriter();
        exception.printStackTrace(new PrintWriter(trace));
        return line(
                entry.getLevel(),
                entry.getMessage() + System.lineSeparator() + trace.toString().stripTrailing());
    }

    /** @param text one or more lines; in the journal each line is a separate entry */
    private String line(Level level, String text) {
        if (toTheJournal) {
            return text.lines().map(line -> priority(level) + line).collect(Collectors.joining(System.lineSeparator()));
        }
        return new SimpleDateFormat("HH:mm:ss", Locale.ROOT).format(System.currentTimeMillis()) + " " + level + " "
                + text;
    }

    /** Levels of syslog: 3 is an error, 7 is for debugging. */
    private static String priority(Level level) {
        return switch (level) {
            case ERROR -> "<3>";
            case WARN -> "<4>";
            case INFO -> "<6>";
            default -> "<7>";
        };
    }
}
