package hearth.common.runtime;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tinylog.Level;
import org.tinylog.core.LogEntry;
import org.tinylog.runtime.PreciseTimestamp;

/** The log does not block its callers. */
@Timeout(60)
class BackgroundWriterTest {

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final CountDownLatch readerIsBack = new CountDownLatch(1);

    @Test
    void aLineHasTimeLevelAndMessage() throws InterruptedException {
        BackgroundWriter log = new BackgroundWriter(stream(written), false);

        log.write(entry("heat on", null));
        log.close();

        assertThat(text()).matches("[0-9]{2}:[0-9]{2}:[0-9]{2} INFO heat on\\R");
    }

    @Test
    void anExceptionIsLoggedWithItsStackTrace() throws InterruptedException {
        BackgroundWriter log = new BackgroundWriter(stream(written), false);

        log.write(entry("a bug", new IllegalStateException("on purpose")));
        log.close();

        assertThat(text()).contains("INFO a bug", "IllegalStateException: on purpose", "BackgroundWriterTest");
    }

    @Test
    void inTheJournalEachLineHasItsLevel() throws InterruptedException {
        BackgroundWriter log = new BackgroundWriter(stream(written), true);

        log.write(entry(Level.ERROR, "a bug", new IllegalStateException("on purpose")));
        log.write(entry(Level.WARN, "fault sensor-short", null));
        log.write(entry(Level.INFO, "heat on", null));
        log.write(entry(Level.DEBUG, "a detail", null));
        log.close();

        assertThat(text().lines())
                .startsWith("<3>a bug", "<3>java.lang.IllegalStateException: on purpose")
                .endsWith("<4>fault sensor-short", "<6>heat on", "<7>a detail")
                .allMatch(line -> line.matches("<[3467]>.*"));
    }

    @Test
    void aStoppedReaderBlocksNoThreadAndLearnsHowManyLinesWereDropped() throws InterruptedException {
        BackgroundWriter log = new BackgroundWriter(stream(new BlockedStream()), false);

        for (int i = 0; i < 5_000; i++) {
            log.write(entry("line " + i, null));
        }
        log.close();
        assertThat(text()).isEmpty();

        readerIsBack.countDown();
        await().atMost(20, SECONDS).until(() -> text().contains("line 0"));
        log.write(entry("one more", null));
        await().atMost(20, SECONDS).until(() -> text().contains("one more"));
        assertThat(text()).contains("lines of the log were dropped").doesNotContain("line 4999");
    }

    private static LogEntry entry(String message, Throwable exception) {
        return entry(Level.INFO, message, exception);
    }

    private static LogEntry entry(Level level, String message, Throwable exception) {
        return new LogEntry(new PreciseTimestamp(), null, null, null, null, null, -1, null, level, message, exception);
    }

    private static PrintStream stream(OutputStream out) {
        return new PrintStream(out, true, StandardCharsets.UTF_8);
    }

    private String text() {
        return written.toString(StandardCharsets.UTF_8);
    }

    /** A pipe that is not read until {@code readerIsBack}. */
    private final class BlockedStream extends OutputStream {
        @Override
        public void write(int b) {
            try {
                readerIsBack.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            written.write(b);
        }
    }
}
