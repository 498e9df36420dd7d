package hearth.car;

import hearth.common.hal.PositionSource;
import hearth.common.json.Json;
import hearth.common.message.Malformed;
import hearth.common.message.Payload;
import hearth.common.value.Fix;
import hearth.common.value.Position;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.tinylog.Logger;

/**
 * A GPS receiver behind gpsd, over TCP (gpsd_json(5)): gpsd greets with a {@code VERSION}, is told to {@code WATCH}, and
 * from then on says each position as a {@code TPV}, one JSON object a line.
 *
 * <pre>
 * {"class":"TPV","mode":3,"lat":52.37312,"lon":4.89262,"eph":7.6,"speed":13.9}
 * </pre>
 *
 * <p>A gpsd that is away, silent for ten seconds, or not gpsd at all is left and looked for again, for ever: after one
 * second, then after up to eight. A receiver switched off behind a live gpsd looks the same as silence.
 */
final class GpsdPosition implements PositionSource {

    private static final String WATCH = "?WATCH={\"enable\":true,\"json\":true}\n";

    /** gpsd says two- and three-dimensional fixes apart; both know the place. */
    private static final long MIN_MODE = 2;

    /**
     * Places that nobody has seen: reckoned, typed in, made up. gpsd calls them fixes with all else that belongs to one; a
     * receiver in a tunnel stays where it went in.
     */
    private static final Set<Long> STATUSES_OF_NO_FIX = Set.of(5L, 7L, 8L);

    private final String host;
    private final int port;
    private final GpsdTimeouts timeouts;

    private Socket socket = new Socket(); // Guarded by this.
    private boolean closed; // Guarded by this.
    private String lastLogged = ""; // The listening thread's own.
    private Duration pause; // The listening thread's own.

    /**
     * @param silence    how long a line may take to come; also how long to connect
     * @param minBackoff before the second try; doubled for each one after it
     * @param maxBackoff  at most so long between tries
     */
    record GpsdTimeouts(Duration silence, Duration minBackoff, Duration maxBackoff) {

        static final GpsdTimeouts DEFAULT =
                new GpsdTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(1), Duration.ofSeconds(8));
    }

    /** @param host a name is looked up at each try */
    public GpsdPosition(String host, int port) {
        this(host, port, GpsdTimeouts.DEFAULT);
    }

    GpsdPosition(String host, int port, GpsdTimeouts patience) {
        this.host = host;
        this.port = port;
        this.timeouts = patience;
        this.pause = patience.minBackoff;
    }

    @Override
    public void start(Consumer<Fix> listener) {
        Thread thread = new Thread(() -> listenForEver(listener), "gpsd");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public synchronized void close() {
        closed = true;
        closeQuietly(socket); // Ends a read or a connect in progress.
        notifyAll();
    }

    private void listenForEver(Consumer<Fix> listener) {
        try {
            while (!isClosed()) {
                try (Socket fresh = open()) {
                    listen(fresh, listener);
                } catch (IOException e) {
                    logFailure(e);
                }
                waitBeforeRetry();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Socket open() {
        socket = new Socket();
        if (closed) {
            closeQuietly(socket);
        }
        return socket;
    }

    /** Hands over fixes until the connection fails, which is the only way out. */
    private void listen(Socket connection, Consumer<Fix> listener) throws IOException {
        connection.connect(new InetSocketAddress(host, port), (int) timeouts.silence.toMillis());
        BoundedLineReader lines = new BoundedLineReader(connection, timeouts.silence);
        String greeting = lines.next();
        if (!isOf("VERSION", greeting)) {
            throw new IOException("this is not gpsd: it greets with " + Malformed.quoted(greeting));
        }
        OutputStream out = connection.getOutputStream();
        out.write(WATCH.getBytes(StandardCharsets.US_ASCII));
        out.flush();
        while (true) {
            String line = lines.next();
            if (isOf("TPV", line)) {
                pause = timeouts.minBackoff;
                logChange("gpsd at " + host + ":" + port + ": the receiver is there", false);
                fix(line).ifPresent(listener);
            }
        }
    }

    static boolean isOf(String kind, String line) {
        try {
            return kind.equals(Json.flatFields(line).values().get("class"));
        } catch (Malformed e) {
            return false;
        }
    }

    /** The fix in a TPV, if it has one that is on Earth. */
    static Optional<Fix> fix(String line) {
        try {
            Payload.Fields tpv = Json.flatFields(line);
            double latitudeDeg = number(tpv, "lat");
            double longitudeDeg = number(tpv, "lon");
            boolean somewhere = tpv.values().get("mode") instanceof Long mode
                    && mode >= MIN_MODE
                    && !(tpv.values().get("status") instanceof Long status && STATUSES_OF_NO_FIX.contains(status))
                    && Math.abs(latitudeDeg) <= 90
                    && Math.abs(longitudeDeg) <= 180;
            return somewhere
                    ? Optional.of(new Fix(new Position(latitudeDeg, longitudeDeg), errorM(tpv)))
                    : Optional.empty();
        } catch (Malformed e) {
            return Optional.empty();
        }
    }

    /** Older receivers give the error along each axis only; some give none. */
    private static double errorM(Payload.Fields tpv) {
        double errorM = tpv.has("eph") ? number(tpv, "eph") : Math.hypot(number(tpv, "epx"), number(tpv, "epy"));
        return errorM >= 0 ? errorM : Double.POSITIVE_INFINITY;
    }

    private static double number(Payload.Fields tpv, String name) {
        return tpv.values().get(name) instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    private void logFailure(IOException e) {
        if (!isClosed()) {
            String what = e instanceof UnknownHostException ? "no such host" : e.getMessage();
            logChange("gpsd at " + host + ":" + port + ": " + what + "; looking for it again and again", true);
        }
    }

    /** A change is said once, however often it is seen. */
    private void logChange(String what, boolean worse) {
        if (!what.equals(lastLogged)) {
            lastLogged = what;
            if (worse) {
                Logger.warn("{}", what);
            } else {
                Logger.info("{}", what);
            }
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private synchronized void waitBeforeRetry() throws InterruptedException {
        long end = System.nanoTime() + pause.toNanos();
        for (long left = pause.toNanos(); left > 0 && !closed; left = end - System.nanoTime()) {
            wait(left / 1_000_000, (int) (left % 1_000_000));
        }
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(timeouts.maxBackoff) < 0 ? doubled : timeouts.maxBackoff;
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            Logger.debug("closing a socket: {}", e.getMessage()); // Nobody listens to it any more.
        }
    }
}
