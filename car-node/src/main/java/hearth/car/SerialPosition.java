package hearth.car;

import hearth.common.hal.PositionSource;
import hearth.common.value.Fix;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.tinylog.Logger;

/**
 * A receiver on a serial line, for a Pi without gpsd. {@code stty} configures the line each time it is opened. If the
 * receiver is unplugged or not connected yet, this class retries every 3 s, without limit.
 */
final class SerialPosition implements PositionSource {

    /** NMEA allows 82; some receivers send more. */
    private static final int MAX_LINE_BYTES = 512;

    private static final Duration RETRY_PERIOD = Duration.ofSeconds(3);
    private static final Duration SETUP_TIMEOUT = Duration.ofSeconds(5);

    private final Path device;
    private final int baud;
    private final CountDownLatch closed = new CountDownLatch(1);
    private String lastLogged = ""; // Used on the thread serial only.

    /** @param baud baud rate of the receiver; mostly 9600 */
    public SerialPosition(Path device, int baud) {
        this.device = device;
        this.baud = baud;
    }

    @Override
    public void start(Consumer<Fix> listener) {
        Thread thread = new Thread(() -> listenForEver(listener), "serial");
        thread.setDaemon(true);
        thread.start();
    }

    /** The thread ends with the next byte from the receiver. */
    @Override
    public void close() {
        closed.countDown();
    }

    private void listenForEver(Consumer<Fix> listener) {
        try {
            do {
                try {
                    setUp();
                    listen(listener);
                } catch (IOException e) {
                    logChange(device + ": " + e.getMessage() + "; retrying every " + RETRY_PERIOD.toSeconds() + " s");
                }
            } while (!closed.await(RETRY_PERIOD.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void setUp() throws IOException, InterruptedException {
        if (!Files.exists(device)) {
            throw new IOException("the device does not exist");
        }
        Process stty = new ProcessBuilder("stty", "-F", device.toString(), Integer.toString(baud), "raw", "-echo")
                .redirectErrorStream(true)
                .start();
        if (!stty.waitFor(SETUP_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
            stty.destroyForcibly();
            throw new IOException("stty did not configure it within " + SETUP_TIMEOUT.toSeconds() + " s");
        }
        if (stty.exitValue() != 0) {
            String cause = new String(stty.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            throw new IOException("stty cannot configure it: " + cause.strip());
        }
    }

    /** Gives fixes to the listener until the device is unplugged. */
    private void listen(Consumer<Fix> listener) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(device))) {
            StringBuilder line = new StringBuilder();
            while (closed.getCount() > 0) {
                int letter = in.read();
                if (letter < 0) {
                    throw new IOException("the receiver was unplugged");
                }
                if (letter != '\n' && line.length() < MAX_LINE_BYTES) {
                    line.append((char) letter);
                } else {
                    Nmea.fix(line.toString()).ifPresent(fix -> {
                        logChange(device + ": the receiver sends positions");
                        listener.accept(fix);
                    });
                    line.setLength(0);
                }
            }
        }
    }

    /** The same message again is not logged. */
    private void logChange(String message) {
        if (!message.equals(lastLogged)) {
            lastLogged = message;
            Logger.info("{}", message);
        }
    }
}
