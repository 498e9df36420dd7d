package hearth.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.value.Position;
import hearth.common.value.TimeScale;
import hearth.simulator.plant.Commute;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SimulatedGpsdTest {

    private static final int TIMEOUT_MS = 20_000;
    private static final String WATCH = "?WATCH={\"enable\":true,\"json\":true}\n";

    private volatile Commute.CarLocation car =
            new Commute.CarLocation(Commute.CarPlace.DRIVING_HOME, new Position(51.7512345, -0.5), 13.888);
    private final SimulatedGpsd gpsd = SimulatedGpsd.start(
            () -> new SimulatedGpsd.GpsdReport(Instant.parse("2026-04-14T12:00:00.5Z"), car), new TimeScale(1000));

    SimulatedGpsdTest() throws IOException {}

    @AfterEach
    void close() throws IOException {
        gpsd.close();
    }

    @Test
    void aWatchingClientReceivesThePositionOfTheCar() throws IOException {
        try (GpsdTestClient client = new GpsdTestClient()) {
            assertThat(client.readLine()).startsWith("{\"class\":\"VERSION\"").contains("\"proto_major\":3");

            client.send(WATCH);

            assertThat(client.readLine()).startsWith("{\"class\":\"DEVICES\"");
            assertThat(client.readLine()).startsWith("{\"class\":\"WATCH\",\"enable\":true,\"json\":true");
            assertThat(client.readLine())
                    .isEqualTo("{\"class\":\"TPV\",\"device\":\"/dev/simulated\",\"mode\":3,"
                            + "\"time\":\"2026-04-14T12:00:00.500Z\",\"lat\":51.7512345,\"lon\":-0.5000000,"
                            + "\"eph\":8.0,\"speed\":13.89}");
        }
    }

    @Test
    void reportsContinueAndFollowTheCar() throws IOException {
        try (GpsdTestClient client = new GpsdTestClient()) {
            client.send(WATCH);
            client.awaitLineWith("\"lat\":51.7512345");

            car = new Commute.CarLocation(Commute.CarPlace.AT_HOME, new Position(52, 9), 0);

            assertThat(client.awaitLineWith("\"lat\":52.0000000")).contains("\"speed\":0.00");
        }
    }

    @Test
    void aClientThatDoesNotWatchReceivesOnlyAnswers() throws IOException {
        try (GpsdTestClient client = new GpsdTestClient()) {
            client.readLine();
            client.send("?POLL;?NONSENSE;");

            assertThat(client.readLine()).startsWith("{\"class\":\"POLL\"").contains("\"class\":\"TPV\"");
            assertThat(client.readLine()).startsWith("{\"class\":\"ERROR\"");
        }
    }

    @Test
    void aClientThatDisconnectsOrDoesNotReadBlocksNoOther() throws IOException {
        try (GpsdTestClient notReading = new GpsdTestClient();
                GpsdTestClient other = new GpsdTestClient()) {
            notReading.send(WATCH);
            new GpsdTestClient().close();
            other.send(WATCH);

            other.awaitLineWith("\"class\":\"TPV\"");
            other.awaitLineWith("\"class\":\"TPV\"");
        }
    }

    @Test
    void closeDisconnectsTheClients() throws IOException {
        try (GpsdTestClient client = new GpsdTestClient()) {
            client.send(WATCH);
            client.awaitLineWith("\"class\":\"TPV\"");

            gpsd.close();

            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    /** A plain socket, such as gpspipe uses. */
    private final class GpsdTestClient implements AutoCloseable {
        private final Socket socket = new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), gpsd.port());
        private final BufferedReader in =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));

        GpsdTestClient() throws IOException {
            socket.setSoTimeout(TIMEOUT_MS);
        }

        void send(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        }

        String readLine() throws IOException {
            String line = in.readLine();
            if (line == null) {
                throw new IOException("the server closed the connection");
            }
            return line;
        }

        String awaitLineWith(String part) throws IOException {
            String line = readLine();
            while (!line.contains(part)) {
                line = readLine();
            }
            return line;
        }

        boolean isClosedByServer() {
            try {
                String line = in.readLine();
                while (line != null) {
                    line = in.readLine();
                }
                return true;
            } catch (SocketTimeoutException e) {
                return false;
            } catch (IOException reset) {
                return true;
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
