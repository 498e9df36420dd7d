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
 * A GPS receiver behind gpsd, over TCP (gpsd_json(5)): gpsd sends {@code VERSION} first, receives {@code WATCH}, and then
 * sends each position as {@code TPV}, one JSON object per line.
 *
 * <pre>
 * {"class":"TPV","mode":3,"lat":52.37312,"lon":4.89262,"eph":7.6,"speed":13.9}
 * </pre>
 *
 * <p>If gpsd cannot be reached, sends nothing for ten seconds, or is another program, this class disconnects and retries
 * without limit: after 1 s, later every 8 s. gpsd also sends nothing if its receiver is switched off.
 */
final class GpsdPosition implements PositionSource {

    private static final String WATCH = "?WATCH={\"enable\":true,\"json\":true}\n";

    /** 2 is a two-dimensional fix, 3 a three-dimensional one; both have a position. */
    private static final long MIN_MODE = 2;

    /**
     * Positions that were not measured: dead reckoning, manual input, simulation. gpsd reports them as complete fixes; a
     * receiver in a tunnel would stay at its entrance.
     */
    private static final Set<Long> STATUSES_OF_NO_FIX = Set.of(5L, 7L, 8L);

    private final String host;
    private final int port;
    private final GpsdTimeouts timeouts;

    private Socket socket = new Socket(); // Guarded by this.
    private boolean closed; // Guarded by this.
    private String lastLogged = ""; // Used on the thread gpsd only.
    private Duration pause; // Used on the thread gpsd only.

    /**
     * @param receive    maximum time for a line to arrive, and for the connection
     * @param minBackoff pause before the second attempt; doubled before each further one
     * @param maxBackoff maximum pause between two attempts
     */
    record GpsdTimeouts(Duration receive, Duration minBackoff, Duration maxBackoff) {

        static final GpsdTimeouts DEFAULT =
                new GpsdTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(1), Duration.ofSeconds(8));
    }

    /** @param host a host name is resolved at each attempt */
    public GpsdPosition(String host, int port) {
        this(host, port, GpsdTimeouts.DEFAULT);
    }

    GpsdPosition(String host, int port, GpsdTimeouts timeouts) {
        this.host = host;
        this.port = port;
        this.timeouts = timeouts;
        this.pause = timeouts.minBackoff;
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

    /** Gives fixes to the listener until the connection fails. Returns only with an exception. */
    private void listen(Socket connection, Consumer<Fix> listener) throws IOException {
        connection.connect(new InetSocketAddress(host, port), (int) timeouts.receive.toMillis());
        BoundedLineReader lines = new BoundedLineReader(connection, timeouts.receive);
        String first = lines.next();
        if (!isOf("VERSION", first)) {
            throw new IOException("not gpsd: expected a VERSION line, received " + Malformed.quoted(first));
        }
        OutputStream out = connection.getOutputStream();
        out.write(WATCH.getBytes(StandardCharsets.US_ASCII));
        out.flush();
        while (true) {
            String line = lines.next();
            if (isOf("TPV", line)) {
                pause = timeouts.minBackoff;
                logChange("gpsd at " + host + ":" + port + ": connected, and the receiver sends data", false);
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

    /** The fix in a TPV; empty if it has none, or coordinates that do not exist. */
    static Optional<Fix> fix(String line) {
        try {
            Payload.Fields tpv = Json.flatFields(line);
            double latitudeDeg = number(tpv, "lat");
            double longitudeDeg = number(tpv, "lon");
            boolean measured = tpv.values().get("mode") instanceof Long mode
                    && mode >= MIN_MODE
                    && !(tpv.values().get("status") instanceof Long status && STATUSES_OF_NO_FIX.contains(status))
                    && Math.abs(latitudeDeg) <= 90
                    && Math.abs(longitudeDeg) <= 180;
            return measured
                    ? Optional.of(new Fix(new Position(latitudeDeg, longitudeDeg), errorM(tpv)))
                    : Optional.empty();
        } catch (Malformed e) {
            return Optional.empty();
        }
    }

    /** Older receivers report the error along each axis only; some report none. */
    private static double errorM(Payload.Fields tpv) {
        double errorM = tpv.has("eph") ? number(tpv, "eph") : Math.hypot(number(tpv, "epx"), number(tpv, "epy"));
        return errorM >= 0 ? errorM : Double.POSITIVE_INFINITY;
    }

    private static double number(Payload.Fields tpv, String name) {
        return tpv.values().get(name) instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    private void logFailure(IOException e) {
        if (!isClosed()) {
            String cause = e instanceof UnknownHostException ? "no such host" : e.getMessage();
            logChange("gpsd at " + host + ":" + port + ": " + cause + "; retrying every 1 to 8 s", true);
        }
    }

    /** The same message again is not logged. */
    private void logChange(String message, boolean worse) {
        if (!message.equals(lastLogged)) {
            lastLogged = message;
            if (worse) {
                Logger.warn("{}", message);
            } else {
                Logger.info("{}", message);
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
            Logger.debug("a socket could not be closed: {}", e.getMessage()); // It is not used any more.
        }
    }
}
