package hearth.car;

import static org.assertj.core.api.Assertions.assertThat;

import hearth.common.value.Fix;
import hearth.common.value.Position;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server on a loopback port behaves like gpsd, or like a faulty one. Tests wait for its input, not for a time. */
@Timeout(30)
final class GpsdPositionTest {

    private static final String VERSION =
            "{\"class\":\"VERSION\",\"release\":\"3.22\",\"rev\":\"3.22\",\"proto_major\":3,\"proto_minor\":14}";
    private static final String TPV =
            "{\"class\":\"TPV\",\"device\":\"/dev/ttyAMA0\",\"mode\":3,\"lat\":52.5,\"lon\":4.25,\"eph\":7.5}";
    private static final GpsdPosition.GpsdTimeouts SHORT_TIMEOUTS =
            new GpsdPosition.GpsdTimeouts(Duration.ofSeconds(2), Duration.ofMillis(10), Duration.ofMillis(40));

    private final BlockingQueue<Fix> fixes = new LinkedBlockingQueue<>();
    private ServerSocket server;
    private GpsdPosition gps;

    @BeforeEach
    void startServer() throws IOException {
        server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        gps = new GpsdPosition(server.getInetAddress().getHostAddress(), server.getLocalPort(), SHORT_TIMEOUTS);
    }

    @AfterEach
    void stopServer() throws IOException {
        gps.close();
        server.close();
    }

    @Test
    void afterWatchFixesArePassedOn() throws Exception {
        gps.start(fixes::add);

        try (Socket peer = server.accept()) {
            send(peer, VERSION);
            assertThat(receive(peer)).isEqualTo("?WATCH={\"enable\":true,\"json\":true}");
            send(peer, "{\"class\":\"DEVICES\",\"devices\":[{\"class\":\"DEVICE\",\"path\":\"/dev/ttyAMA0\"}]}");
            send(peer, TPV);

            assertThat(nextFix()).isEqualTo(new Fix(new Position(52.5, 4.25), 7.5));
        }
    }

    @Test
    void otherMessagesAreNotPassedOn() throws Exception {
        gps.start(fixes::add);

        try (Socket peer = acceptClient()) {
            send(peer, "{\"class\":\"TPV\",\"mode\":1}");
            send(peer, "{\"class\":\"TPV\",\"mode\":0,\"lat\":1.5,\"lon\":2.5,\"eph\":3.0}");
            send(peer, "{\"class\":\"TPV\",\"mode\":3,\"lat\":1.5}");
            send(peer, "{\"class\":\"TPV\",\"mode\":3,\"lat\":91.0,\"lon\":2.5}");
            send(peer, "{\"class\":\"TPV\",\"mode\":3,\"lat\":\"1.5\",\"lon\":2.5}");
            send(peer, "{\"class\":\"SKY\",\"mode\":3,\"lat\":1.5,\"lon\":2.5}");
            for (int status : new int[] {5, 7, 8}) { // Dead reckoning, manual input, simulation.
                send(peer, "{\"class\":\"TPV\",\"status\":" + status + ",\"mode\":3,\"lat\":1.5,\"lon\":2,\"eph\":3}");
            }
            send(peer, TPV);

            assertThat(nextFix().position()).isEqualTo(new Position(52.5, 4.25));
        }
    }

    /** Such as fixes with corrections from another receiver, which are better. */
    @Test
    void aFixOfAnyOtherStatusIsPassedOn() {
        for (int status : new int[] {1, 2, 3, 4, 6, 9}) {
            assertThat(GpsdPosition.fix(
                            "{\"class\":\"TPV\",\"status\":" + status + ",\"mode\":3,\"lat\":1.5,\"lon\":2.5}"))
                    .as("status %d", status)
                    .isPresent();
        }
    }

    @Test
    void invalidJsonIsIgnored() throws Exception {
        gps.start(fixes::add);

        try (Socket peer = acceptClient()) {
            send(peer, "");
            send(peer, "$GPGGA,120000.00,5222.3,N,00453.5,E,1,08,1.0,5.0,M,46.0,M,,*6F");
            send(peer, "{\"class\":\"TPV\",\"mode\":3,\"lat\":nan,\"lon\":4.25}");
            send(peer, "{\"class\":\"TPV\",\"mode\":3,\"lat\":1.5,\"lat\":2.5,\"lon\":4.25}");
            send(peer, "{\"class\":\"TPV\",\"mode\":3,\"lat\":1e999,\"lon\":4.25}");
            send(peer, "\u0000\u0001{{{{[[[[");
            send(peer, TPV);

            assertThat(nextFix().errorM()).isEqualTo(7.5);
        }
    }

    @Test
    void aLineInPiecesIsOneLine() throws Exception {
        gps.start(fixes::add);

        try (Socket peer = acceptClient()) {
            byte[] bytes = (TPV + "\r\n" + TPV + "\n").getBytes(StandardCharsets.UTF_8);
            peer.setTcpNoDelay(true);
            for (byte one : bytes) {
                peer.getOutputStream().write(one);
            }

            assertThat(nextFix()).isEqualTo(nextFix());
        }
    }

    @Test
    void itReconnectsAfterTheServerClosesTheConnection() throws Exception {
        gps.start(fixes::add);
        acceptClient().close();

        try (Socket again = acceptClient()) {
            send(again, TPV);

            assertThat(nextFix().errorM()).isEqualTo(7.5);
        }
    }

    @Test
    void itReconnectsWhenTheServerIsSilent() throws Exception {
        gps.start(fixes::add);

        try (Socket silent = acceptClient();
                Socket again = acceptClient()) {
            send(again, TPV);

            assertThat(nextFix().errorM()).isEqualTo(7.5);
            assertThat(silent.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void itReconnectsAfterAnEndlessLine() throws Exception {
        gps.start(fixes::add);

        try (Socket endless = acceptClient();
                Socket again = sendEndlessLine(endless)) {
            send(again, TPV);

            assertThat(nextFix().errorM()).isEqualTo(7.5);
        }
    }

    @Test
    void aServerThatIsNotGpsdReceivesNothing() throws Exception {
        gps.start(fixes::add);

        try (Socket peer = server.accept()) {
            send(peer, "SSH-2.0-OpenSSH_9.2p1");

            assertThat(peer.getInputStream().read()).isEqualTo(-1);
        }
        try (Socket again = acceptClient()) {
            send(again, TPV);
            assertThat(nextFix().errorM()).isEqualTo(7.5);
        }
    }

    @Test
    void itConnectsToAGpsdThatStartsLater() throws Exception {
        int port = server.getLocalPort();
        server.close();
        gps.start(fixes::add);

        server = new ServerSocket(port, 5, InetAddress.getLoopbackAddress());

        assertThat(fixOfAnyConnection().errorM()).isEqualTo(7.5);
    }

    @Test
    void afterCloseItDoesNotReconnect() throws Exception {
        gps.start(fixes::add);

        try (Socket peer = acceptClient()) {
            gps.close();

            assertThat(peer.getInputStream().read()).isEqualTo(-1);
        }
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("gpsd")) {
                thread.join(5_000);
                assertThat(thread.isAlive()).isFalse();
            }
        }
    }

    @Test
    void theErrorIsTheHorizontalOneOrThatOfBothAxesOrUnknown() {
        assertThat(errorM("\"eph\":7.5,\"epx\":3.0,\"epy\":4.0")).isEqualTo(7.5);
        assertThat(errorM("\"epx\":3.0,\"epy\":4.0")).isEqualTo(5.0);
        assertThat(errorM("\"epx\":3.0")).isInfinite();
        assertThat(errorM("\"eph\":-1.0")).isInfinite();
        assertThat(errorM("\"eph\":\"7\"")).isInfinite();
        assertThat(errorM("\"speed\":1.0")).isInfinite();
    }

    private static double errorM(String fields) {
        return GpsdPosition.fix("{\"class\":\"TPV\",\"mode\":2,\"lat\":1,\"lon\":2," + fields + "}")
                .orElseThrow()
                .errorM();
    }

    /** On a busy machine the node may have given up a connection before this test answers on it. It then comes again. */
    private Fix fixOfAnyConnection() throws IOException, InterruptedException {
        for (int connection = 0; connection < 30; connection++) {
            try (Socket peer = acceptClient()) {
                send(peer, TPV);
                Fix fix = fixes.poll(2, TimeUnit.SECONDS);
                if (fix != null) {
                    return fix;
                }
            } catch (SocketException e) {
                // The node has closed this connection.
            }
        }
        throw new AssertionError("no fix on 30 connections");
    }

    private Fix nextFix() throws InterruptedException {
        Fix fix = fixes.poll(10, TimeUnit.SECONDS);
        assertThat(fix).isNotNull();
        return fix;
    }

    /** Accepts the next connection and answers as gpsd does. */
    private Socket acceptClient() throws IOException {
        Socket peer = server.accept();
        send(peer, VERSION);
        assertThat(receive(peer)).startsWith("?WATCH=");
        return peer;
    }

    /** Sends a line without end until the peer disconnects, and accepts its next connection. */
    private Socket sendEndlessLine(Socket peer) throws IOException {
        byte[] part = new byte[1024];
        Arrays.fill(part, (byte) 'x');
        try {
            for (int i = 0; i < 1024; i++) {
                peer.getOutputStream().write(part);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageMatching(".*(reset|pipe|abort).*");
        }
        return acceptClient();
    }

    private static void send(Socket peer, String line) throws IOException {
        peer.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static String receive(Socket peer) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = peer.getInputStream().read();
                c != '\n' && c >= 0;
                c = peer.getInputStream().read()) {
            line.append((char) c);
        }
        return line.toString();
    }
}
