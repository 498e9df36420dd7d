package hearth.proving.attack;

import hearth.testkit.net.DaemonThread;
import hearth.testkit.net.LoopbackServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.security.KeyStore;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A false broker that accepts every connection and records what it receives. */
final class ImpostorBroker implements AutoCloseable {

    /** A CONNACK of MQTT 5 that accepts the connection. */
    private static final byte[] CONNACK = {0x20, 3, 0, 0, 0};

    private final AtomicInteger connectionCount = new AtomicInteger();
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final LoopbackServer server;

    private ImpostorBroker(ServerSocket here) {
        server = new LoopbackServer(here, "false broker", caller -> {
            connectionCount.incrementAndGet();
            DaemonThread.run("false broker", () -> serve(caller));
        });
    }

    static ImpostorBroker withoutTls() throws IOException {
        return new ImpostorBroker(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    }

    /** @param key its key with a certificate, valid or not */
    static ImpostorBroker with(KeyStore key, char[] secret) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(key, secret);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return new ImpostorBroker(
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    }

    URI url() {
        return URI.create("mqtts://localhost:" + server.number());
    }

    int connectionCount() {
        return connectionCount.get();
    }

    /** The received bytes, without those of TLS itself. */
    byte[] received() {
        return received.toByteArray();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    /** Ends when the client rejects the certificate. */
    private void serve(Socket caller) throws IOException {
        try (caller) {
            InputStream in = caller.getInputStream();
            byte[] some = new byte[8192];
            for (int read = in.read(some); read >= 0; read = in.read(some)) {
                received.write(some, 0, read);
                caller.getOutputStream().write(CONNACK);
            }
        }
    }
}
