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
import org.tinylog.core.LogEntry;
import org.tinylog.core.LogEntryValue;
import org.tinylog.writers.Writer;

/**
 * Writes the log to standard error, on a thread of its own. Whoever reads it may stop reading (Ctrl-S in a terminal, a
 * journal on a dying card) and then a write waits for ever: the loop that switches the relays must not be the one that
 * waits. What does not fit any more is dropped, and counted in the next line that does.
 */
public final class PatientWriter implements Writer {

    private static final int MOST = 1_000;
    private static final long AT_THE_END_MS = 500;

    private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(MOST);
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong unwritten = new AtomicLong();
    private final PrintStream out;

    /** Called by tinylog. @param properties of its configuration, not used */
    public PatientWriter(Map<String, String> properties) {
        this(System.err);
    }

    PatientWriter(PrintStream out) {
        this.out = out;
        Thread thread = new Thread(this::writeAll, "log");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public Collection<LogEntryValue> getRequiredLogEntryValues() {
        return EnumSet.of(LogEntryValue.DATE, LogEntryValue.LEVEL, LogEntryValue.MESSAGE, LogEntryValue.EXCEPTION);
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

    /** Waits for what is still to be written, but not for long. */
    @Override
    public void close() throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(AT_THE_END_MS);
        synchronized (this) {
            for (long left = AT_THE_END_MS; unwritten.get() > 0 && left > 0; ) {
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
                    out.println(lost + " lines of the log were dropped: nobody read them in time");
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

    private static String text(LogEntry entry) {
        String time = new SimpleDateFormat("HH:mm:ss", Locale.ROOT)
                .format(entry.getTimestamp().toDate());
        String line = time + " " + entry.getLevel() + " " + entry.getMessage();
        Throwable exception = entry.getException();
        if (exception == null) {
            return line;
        }
        StringWriter trace = new StringWriter();
        exception.printStackTrace(new PrintWriter(trace));
        return line + System.lineSeparator() + trace.toString().stripTrailing();
    }
}
