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

/** A server on a loopback port speaks gpsd, or fails to; waits are on what it sees, never on the clock. */
@Timeout(30)
final class GpsdPositionTest {

    private static final String VERSION =
            "{\"class\":\"VERSION\",\"release\":\"3.22\",\"rev\":\"3.22\",\"proto_major\":3,\"proto_minor\":14}";
    private static final String TPV =
            "{\"class\":\"TPV\",\"device\":\"/dev/ttyAMA0\",\"mode\":3,\"lat\":52.5,\"lon\":4.25,\"eph\":7.5}";
    private static final GpsdPosition.GpsdTimeouts HASTY =
            new GpsdPosition.GpsdTimeouts(Duration.ofSeconds(2), Duration.ofMillis(10), Duration.ofMillis(40));

    private final BlockingQueue<Fix> heard = new LinkedBlockingQueue<>();
    private ServerSocket server;
    private GpsdPosition gps;

    @BeforeEach
    void plugIn() throws IOException {
        server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        gps = new GpsdPosition(server.getInetAddress().getHostAddress(), server.getLocalPort(), HASTY);
    }

    @AfterEach
    void unplug() throws IOException {
        gps.close();
        server.close();
    }

    @Test
    void aFixIsHandedOverOnceItHasAskedToWatch() throws Exception {
        gps.start(heard::add);

        try (Socket peer = server.accept()) {
            say(peer, VERSION);
            assertThat(hear(peer)).isEqualTo("?WATCH={\"enable\":true,\"json\":true}");
            say(peer, "{\"class\":\"DEVICES\",\"devices\":[{\"class\":\"DEVICE\",\"path\":\"/dev/ttyAMA0\"}]}");
            say(peer, TPV);

            assertThat(nextFix()).isEqualTo(new Fix(new Position(52.5, 4.25), 7.5));
        }
    }

    @Test
    void whatIsNoFixIsNotHandedOver() throws Exception {
        gps.start(heard::add);

        try (Socket peer = greeted()) {
            say(peer, "{\"class\":\"TPV\",\"mode\":1}");
            say(peer, "{\"class\":\"TPV\",\"mode\":0,\"lat\":1.5,\"lon\":2.5,\"eph\":3.0}");
            say(peer, "{\"class\":\"TPV\",\"mode\":3,\"lat\":1.5}");
            say(peer, "{\"class\":\"TPV\",\"mode\":3,\"lat\":91.0,\"lon\":2.5}");
            say(peer, "{\"class\":\"TPV\",\"mode\":3,\"lat\":\"1.5\",\"lon\":2.5}");
            say(peer, "{\"class\":\"SKY\",\"mode\":3,\"lat\":1.5,\"lon\":2.5}");
            for (int status : new int[] {5, 7, 8}) { // Reckoned, typed in, made up.
                say(peer, "{\"class\":\"TPV\",\"status\":" + status + ",\"mode\":3,\"lat\":1.5,\"lon\":2.5,\"eph\":3}");
            }
            say(peer, TPV);

            assertThat(nextFix().position()).isEqualTo(new Position(52.5, 4.25));
        }
    }

    /** Corrected by another receiver, and such: better ones. */
    @Test
    void aFixOfAnyOtherStatusIsHandedOver() {
        for (int status : new int[] {1, 2, 3, 4, 6, 9}) {
            assertThat(GpsdPosition.fix(
                            "{\"class\":\"TPV\",\"status\":" + status + ",\"mode\":3,\"lat\":1.5,\"lon\":2.5}"))
                    .as("status %d", status)
                    .isPresent();
        }
    }

    @Test
    void linesThatAreNoJsonAreIgnored() throws Exception {
        gps.start(heard::add);

        try (Socket peer = greeted()) {
            say(peer, "");
            say(peer, "$GPGGA,120000.00,5222.3,N,00453.5,E,1,08,1.0,5.0,M,46.0,M,,*6F");
            say(peer, "{\"class\":\"TPV\",\"mode\":3,\"lat\":nan,\"lon\":4.25}");
            say(peer, "{\"class\":\"TPV\",\"mode\":3,\"lat\":1.5,\"lat\":2.5,\"lon\":4.25}");
            say(peer, "{\"class\":\"TPV\",\"mode\":3,\"lat\":1e999,\"lon\":4.25}");
            say(peer, "\u0000\u0001{{{{[[[[");
            say(peer, TPV);

            assertThat(nextFix().errorM()).isEqualTo(7.5);
        }
    }

    @Test
    void aLineInPiecesIsOneLine() throws Exception {
        gps.start(heard::add);

        try (Socket peer = greeted()) {
            byte[] bytes = (TPV + "\r\n" + TPV + "\n").getBytes(StandardCharsets.UTF_8);
            peer.setTcpNoDelay(true);
            for (byte one : bytes) {
                peer.getOutputStream().write(one);
            }

            assertThat(nextFix()).isEqualTo(nextFix());
        }
    }

    @Test
    void aHangUpIsFollowedByAnotherCall() throws Exception {
        gps.start(heard::add);
        greeted().close();

        try (Socket again = greeted()) {
            say(again, TPV);

            assertThat(nextFix().errorM()).isEqualTo(7.5);
        }
    }

    @Test
    void silenceIsFollowedByAnotherCall() throws Exception {
        gps.start(heard::add);

        try (Socket silent = greeted();
                Socket again = greeted()) {
            say(again, TPV);

            assertThat(nextFix().errorM()).isEqualTo(7.5);
            assertThat(silent.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void aLineWithoutEndIsFollowedByAnotherCall() throws Exception {
        gps.start(heard::add);

        try (Socket endless = greeted();
                Socket again = endlessly(endless)) {
            say(again, TPV);

            assertThat(nextFix().errorM()).isEqualTo(7.5);
        }
    }

    @Test
    void whatIsNotGpsdIsToldNothingAndLeft() throws Exception {
        gps.start(heard::add);

        try (Socket stranger = server.accept()) {
            say(stranger, "SSH-2.0-OpenSSH_9.2p1");

            assertThat(stranger.getInputStream().read()).isEqualTo(-1);
        }
        try (Socket again = greeted()) {
            say(again, TPV);
            assertThat(nextFix().errorM()).isEqualTo(7.5);
        }
    }

    @Test
    void aGpsdThatStartsLaterIsFound() throws Exception {
        int port = server.getLocalPort();
        server.close();
        gps.start(heard::add);

        server = new ServerSocket(port, 5, InetAddress.getLoopbackAddress());

        assertThat(fixOfAnyConnection().errorM()).isEqualTo(7.5);
    }

    @Test
    void afterCloseItHangsUpForGood() throws Exception {
        gps.start(heard::add);

        try (Socket peer = greeted()) {
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
    void theErrorIsTheWholeOneOrThatOfBothAxesOrUnknown() {
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
            try (Socket peer = greeted()) {
                say(peer, TPV);
                Fix fix = heard.poll(2, TimeUnit.SECONDS);
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
        Fix fix = heard.poll(10, TimeUnit.SECONDS);
        assertThat(fix).isNotNull();
        return fix;
    }

    /** The next call, answered as gpsd does. */
    private Socket greeted() throws IOException {
        Socket peer = server.accept();
        say(peer, VERSION);
        assertThat(hear(peer)).startsWith("?WATCH=");
        return peer;
    }

    /** Sends what never ends until the other side has had enough, and takes its next call. */
    private Socket endlessly(Socket peer) throws IOException {
        byte[] much = new byte[1024];
        Arrays.fill(much, (byte) 'x');
        try {
            for (int i = 0; i < 1024; i++) {
                peer.getOutputStream().write(much);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageMatching(".*(reset|pipe|abort).*");
        }
        return greeted();
    }

    private static void say(Socket peer, String line) throws IOException {
        peer.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static String hear(Socket peer) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = peer.getInputStream().read();
                c != '\n' && c >= 0;
                c = peer.getInputStream().read()) {
            line.append((char) c);
        }
        return line.toString();
    }
}
