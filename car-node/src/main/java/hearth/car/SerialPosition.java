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
 * A receiver on a serial line, for a Pi without a gpsd. The line is set up by {@code stty} each time it is opened; a
 * receiver that is unplugged, or not there yet, is looked for again every few seconds, for ever.
 */
final class SerialPosition implements PositionSource {

    /** NMEA allows 82; some receivers say more. */
    private static final int MAX_LINE_BYTES = 512;

    private static final Duration RETRY_PERIOD = Duration.ofSeconds(3);
    private static final Duration SETUP_TIMEOUT = Duration.ofSeconds(5);

    private final Path device;
    private final int baud;
    private final CountDownLatch closed = new CountDownLatch(1);
    private String lastLogged = ""; // The listening thread's own.

    /** @param baud as the receiver talks; 9600 for most */
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

    /** A receiver that says nothing holds the thread until it does. */
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
                    logChange(device + ": " + e.getMessage() + "; looking for it again and again");
                }
            } while (!closed.await(RETRY_PERIOD.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void setUp() throws IOException, InterruptedException {
        if (!Files.exists(device)) {
            throw new IOException("there is no such device");
        }
        Process stty = new ProcessBuilder("stty", "-F", device.toString(), Integer.toString(baud), "raw", "-echo")
                .redirectErrorStream(true)
                .start();
        if (!stty.waitFor(SETUP_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
            stty.destroyForcibly();
            throw new IOException("it cannot be set up: stty does not end");
        }
        if (stty.exitValue() != 0) {
            String why = new String(stty.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            throw new IOException("it cannot be set up: " + why.strip());
        }
    }

    /** Hands over fixes until the device is gone. */
    private void listen(Consumer<Fix> listener) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(device))) {
            StringBuilder line = new StringBuilder();
            while (closed.getCount() > 0) {
                int letter = in.read();
                if (letter < 0) {
                    throw new IOException("it was unplugged");
                }
                if (letter != '\n' && line.length() < MAX_LINE_BYTES) {
                    line.append((char) letter);
                } else {
                    Nmea.fix(line.toString()).ifPresent(fix -> {
                        logChange(device + ": the receiver is there");
                        listener.accept(fix);
                    });
                    line.setLength(0);
                }
            }
        }
    }

    /** A change is said once, however often it is seen. */
    private void logChange(String what) {
        if (!what.equals(lastLogged)) {
            lastLogged = what;
            Logger.info("{}", what);
        }
    }
}
