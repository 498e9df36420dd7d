package hearth.simulator.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The web server of the page, with a plain socket as the broker and with browsers that send good and bad headers. */
@Timeout(60)
class PageServerTest {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    Path folder;

    private final ServerSocket broker = new ServerSocket(0, 5, LOOPBACK);
    private PageServer server;

    PageServerTest() throws IOException {}

    @BeforeEach
    void serve() throws IOException {
        Files.createDirectories(folder.resolve("page/js"));
        Files.writeString(folder.resolve("page/index.html"), "<!doctype html>the page");
        Files.writeString(folder.resolve("page/page.js"), "'use strict'");
        Files.writeString(folder.resolve("page/LICENSE"), "for people");
        Files.writeString(folder.resolve("secret.json"), "not the page's");
        server = PageServer.start(folder.resolve("page"), 0, new InetSocketAddress(LOOPBACK, broker.getLocalPort()));
    }

    @AfterEach
    void end() throws IOException {
        server.close();
        broker.close();
    }

    @Test
    void thePageIsServedWithMediaTypesAndNoOtherFile() throws IOException {
        assertThat(get("/")).startsWith("HTTP/1.1 200").contains("text/html; charset=utf-8", "nosniff", "the page");
        assertThat(get("/page.js?v=2")).startsWith("HTTP/1.1 200").contains("text/javascript");
        for (String other : new String[] {"/LICENSE", "/../secret.json", "/%2e%2e/secret.json", "/js", "//", "/mqtt"}) {
            assertThat(get(other)).as(other).startsWith("HTTP/1.1 404");
        }
        assertThat(request("POST / HTTP/1.1\r\nHost: " + host() + "\r\nContent-Length: 0\r\n\r\n"))
                .startsWith("HTTP/1.1 405");
    }

    @Test
    void aRequestForAForeignHostNameIsRejected() throws IOException {
        for (String host : new String[] {"evil.example", "evil.example:" + port(), "127.0.0.1", "127.0.0.1:1", ""}) {
            assertThat(request("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n"))
                    .as(host)
                    .startsWith("HTTP/1.1 421");
        }
        assertThat(request("GET / HTTP/1.1\r\nHost: " + host() + "\r\nHost: evil.example\r\n\r\n"))
                .startsWith("HTTP/1.1 421");
        assertThat(request("GET / HTTP/1.1\r\nHost: localhost:" + port() + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void otherPagesCannotConnectToTheBroker() throws IOException {
        for (String origin : new String[] {
            "Origin: http://evil.example\r\n",
            "Origin: http://localhost:" + port() + "\r\n", // Another host than in the Host header.
            "Origin: https://" + host() + "\r\n",
            "Origin: null\r\n",
            ""
        }) {
            assertThat(request(upgrade("/mqtt", origin))).as(origin).startsWith("HTTP/1.1 403");
        }
        assertThat(request(upgrade("/elsewhere", "Origin: http://" + host() + "\r\n")))
                .startsWith("HTTP/1.1 404");

        broker.setSoTimeout(1);
        assertThatThrownBy(broker::accept).hasMessageContaining("timed out");
    }

    @Test
    void itListensOnLoopbackOnly() {
        // All of 127/8 is this machine: a server that listens on every interface would accept this, too.
        assertThatThrownBy(() -> new Socket("127.0.0.2", port()).close()).isInstanceOf(ConnectException.class);
    }

    @Test
    void bytesAreForwardedUnchanged() throws Exception {
        byte[] many = new byte[300_000];
        new Random(7).nextBytes(many);
        FrameCollector collector = new FrameCollector();
        WebSocket browser = browser(collector);
        try (Socket connection = broker.accept()) {
            for (int from = 0; from < many.length; from += 30_000) {
                browser.sendBinary(ByteBuffer.wrap(many, from, 30_000), from % 60_000 == 0)
                        .get(20, TimeUnit.SECONDS);
            }
            assertThat(connection.getInputStream().readNBytes(many.length)).isEqualTo(many);

            connection.getOutputStream().write(many);

            await().atMost(TIMEOUT).until(() -> collector.size() == many.length);
            assertThat(collector.received()).isEqualTo(many);
            assertThat(browser.getSubprotocol()).isEqualTo("mqtt");
        }
    }

    @Test
    void closingOneConnectionClosesTheOther() throws Exception {
        FrameCollector first = new FrameCollector();
        browser(first);
        broker.accept().close();
        await().atMost(TIMEOUT).until(first::isClosed);

        WebSocket second = browser(new FrameCollector());
        try (Socket connection = broker.accept()) {
            second.sendClose(WebSocket.NORMAL_CLOSURE, "").get(20, TimeUnit.SECONDS);

            assertThat(connection.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void anUnreachableBrokerIsReportedAndTheNextAttemptConnects() throws IOException {
        int port = broker.getLocalPort();
        broker.close();
        assertThat(request(upgrade("/mqtt", "Origin: http://" + host() + "\r\n")))
                .startsWith("HTTP/1.1 502")
                .contains("the broker does not answer");

        try (ServerSocket back = new ServerSocket(port, 5, LOOPBACK)) {
            browser(new FrameCollector());
            back.accept().close();
        }
    }

    @Test
    void aPortInUseIsReplacedByAFreePort() throws IOException {
        try (PageServer second = PageServer.start(folder.resolve("page"), port(), new InetSocketAddress(LOOPBACK, 1))) {
            assertThat(second.address()).startsWith("http://127.0.0.1:").isNotEqualTo(server.address());
        }
    }

    @Test
    void missingPageFilesAreReportedWithTheirFolder() {
        assertThatThrownBy(() -> PageServer.start(folder.resolve("nowhere"), 0, new InetSocketAddress(LOOPBACK, 1)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the page has no index.html in " + folder.resolve("nowhere"));
    }

    private WebSocket browser(FrameCollector collector) {
        return HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .subprotocols("mqtt")
                .header("Origin", "http://" + host())
                .buildAsync(URI.create("ws://" + host() + "/mqtt"), collector)
                .join();
    }

    private String upgrade(String path, String origin) {
        return "GET " + path + " HTTP/1.1\r\nHost: " + host() + "\r\n" + origin
                + "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Protocol: mqtt\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    }

    private String get(String path) throws IOException {
        return request("GET " + path + " HTTP/1.1\r\nHost: " + host() + "\r\nConnection: close\r\n\r\n");
    }

    /** The whole answer until the server closes the connection. */
    private String request(String request) throws IOException {
        try (Socket socket = new Socket(LOOPBACK, port())) {
            socket.setSoTimeout((int) TIMEOUT.toMillis());
            socket.getOutputStream().write(request.getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    private String host() {
        return "127.0.0.1:" + port();
    }

    private int port() {
        return URI.create(server.address()).getPort();
    }

    /** Collects the bytes that a browser receives in all frames. */
    private static final class FrameCollector implements WebSocket.Listener {
        private final ByteArrayOutputStream received = new ByteArrayOutputStream();
        private volatile boolean closed;

        @Override
        public synchronized CompletionStage<?> onBinary(WebSocket socket, ByteBuffer bytes, boolean last) {
            byte[] some = new byte[bytes.remaining()];
            bytes.get(some);
            received.writeBytes(some);
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            closed = true;
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            closed = true;
        }

        boolean isClosed() {
            return closed;
        }

        synchronized int size() {
            return received.size();
        }

        synchronized byte[] received() {
            return received.toByteArray();
        }
    }
}
