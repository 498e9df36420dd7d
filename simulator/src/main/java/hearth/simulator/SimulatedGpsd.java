package hearth.simulator;

import hearth.common.value.TimeScale;
import hearth.simulator.plant.Commute;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The part of gpsd that a watching client uses ({@code gpsd_json(5)}): sends its version, answers {@code ?WATCH},
 * {@code ?VERSION}, {@code ?DEVICES} and {@code ?POLL}, and sends the position of the car to watching clients. Listens
 * on 127.0.0.1 on a free port. Each client has its own thread, so that a client that does not read blocks no other.
 */
final class SimulatedGpsd implements AutoCloseable {

    /** The position that the receiver reports; {@code time} is the simulated time. */
    record GpsdReport(Instant time, Commute.CarLocation location) {}

    private static final double EPH_M = 8;
    private static final Duration MIN_PERIOD = Duration.ofMillis(100);
    private static final int MAX_REQUEST_LENGTH = 1024;

    private final ServerSocket server;
    private final Supplier<GpsdReport> receiver;
    private final long periodNanos;
    private final Set<Socket> clients = ConcurrentHashMap.newKeySet();

    private SimulatedGpsd(ServerSocket server, Supplier<GpsdReport> receiver, Duration period) {
        this.server = server;
        this.receiver = receiver;
        this.periodNanos = period.toNanos();
    }

    /** Listens, and sends one report per simulated second to each watching client, at most ten per real second. */
    static SimulatedGpsd start(Supplier<GpsdReport> receiver, TimeScale timeScale) throws IOException {
        Duration second = timeScale.toReal(Duration.ofSeconds(1));
        Duration period = second.compareTo(MIN_PERIOD) > 0 ? second : MIN_PERIOD;
        ServerSocket server = new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        SimulatedGpsd gpsd = new SimulatedGpsd(server, receiver, period);
        startThread("gpsd", gpsd::accept);
        return gpsd;
    }

    int port() {
        return server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket client : clients) {
            client.close();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                clients.add(client);
                startThread("gpsd client", () -> serve(client));
            }
        } catch (IOException closed) {
            return; // Closed by close().
        }
    }

    private void serve(Socket client) {
        try (client) {
            client.setTcpNoDelay(true);
            new GpsdSession(client).run();
        } catch (IOException gone) {
            return; // The client disconnected, or close() closed the socket.
        } finally {
            clients.remove(client);
        }
    }

    /** Reads the requests of one client and sends it reports, on its own thread. */
    private final class GpsdSession {
        private final Socket client;
        private final InputStream in;
        private final OutputStream out;
        private final StringBuilder request = new StringBuilder();
        private boolean watching;
        private long nextReport;

        GpsdSession(Socket client) throws IOException {
            this.client = client;
            this.in = client.getInputStream();
            this.out = client.getOutputStream();
        }

        void run() throws IOException {
            sendLine(
                    "{\"class\":\"VERSION\",\"release\":\"3.22\",\"rev\":\"3.22\",\"proto_major\":3,\"proto_minor\":14}");
            while (true) {
                if (watching && System.nanoTime() - nextReport >= 0) {
                    sendLine(tpv());
                    nextReport = System.nanoTime() + periodNanos;
                }
                int next = readUntilNextReport();
                if (next < 0) {
                    return;
                }
                if (next > 0) {
                    onCharacter((char) next);
                }
            }
        }

        /** The next byte; 0 if a report is due; -1 if the client has disconnected. */
        private int readUntilNextReport() throws IOException {
            long nanos = watching ? nextReport - System.nanoTime() : 0;
            if (watching && nanos <= 0) {
                return 0;
            }
            client.setSoTimeout(watching ? (int) Math.max(1, nanos / 1_000_000) : 0); // 0 waits without a limit.
            try {
                return in.read();
            } catch (SocketTimeoutException time) {
                return 0;
            }
        }

        private void onCharacter(char next) throws IOException {
            if (next == ';' || next == '\n') {
                handleRequest(request.toString().strip());
                request.setLength(0);
            } else if (request.length() < MAX_REQUEST_LENGTH) {
                request.append(next);
            } else {
                throw new IOException("a request is longer than " + MAX_REQUEST_LENGTH + " characters");
            }
        }

        private void handleRequest(String text) throws IOException {
            if (text.startsWith("?WATCH")) {
                watching = !text.replace(" ", "").contains("\"enable\":false");
                nextReport = System.nanoTime();
                sendLine(devices());
                sendLine("{\"class\":\"WATCH\",\"enable\":" + watching
                        + ",\"json\":true,\"nmea\":false,\"raw\":0,\"scaled\":false,\"timing\":false,\"split24\":false,"
                        + "\"pps\":false}");
            } else if (text.startsWith("?VERSION")) {
                sendLine(
                        "{\"class\":\"VERSION\",\"release\":\"3.22\",\"rev\":\"3.22\",\"proto_major\":3,\"proto_minor\":14}");
            } else if (text.startsWith("?DEVICES")) {
                sendLine(devices());
            } else if (text.startsWith("?POLL")) {
                sendLine("{\"class\":\"POLL\",\"active\":1,\"tpv\":[" + tpv() + "],\"gst\":[],\"sky\":[]}");
            } else if (!text.isEmpty()) {
                sendLine("{\"class\":\"ERROR\",\"message\":\"Unrecognized request\"}");
            }
        }

        private void sendLine(String line) throws IOException {
            out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        }

        private String devices() {
            return "{\"class\":\"DEVICES\",\"devices\":[{\"class\":\"DEVICE\",\"path\":\"/dev/simulated\","
                    + "\"driver\":\"simulated\"}]}";
        }
    }

    private String tpv() {
        GpsdReport report = receiver.get();
        Commute.CarLocation at = report.location();
        return String.format(
                Locale.ROOT,
                "{\"class\":\"TPV\",\"device\":\"/dev/simulated\",\"mode\":3,\"time\":\"%s\",\"lat\":%.7f,\"lon\":%.7f,"
                        + "\"eph\":%.1f,\"speed\":%.2f}",
                report.time().truncatedTo(ChronoUnit.MILLIS),
                at.position().latitudeDeg(),
                at.position().longitudeDeg(),
                EPH_M,
                at.speedMps());
    }

    private static void startThread(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }
}
