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

/** Somebody in the broker's place, who takes what he is told. */
final class FalseBroker implements AutoCloseable {

    /** A CONNACK of MQTT 5 that lets everybody in. */
    private static final byte[] WELCOME = {0x20, 3, 0, 0, 0};

    private final AtomicInteger dialled = new AtomicInteger();
    private final ByteArrayOutputStream told = new ByteArrayOutputStream();
    private final LoopbackServer port;

    private FalseBroker(ServerSocket here) {
        port = new LoopbackServer(here, "false broker", caller -> {
            dialled.incrementAndGet();
            DaemonThread.run("false broker", () -> listen(caller));
        });
    }

    static FalseBroker withoutTls() throws IOException {
        return new FalseBroker(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    }

    /** @param key with its certificate, whatever they are worth */
    static FalseBroker with(KeyStore key, char[] secret) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(key, secret);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return new FalseBroker(
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    }

    URI url() {
        return URI.create("mqtts://localhost:" + port.number());
    }

    int dialled() {
        return dialled.get();
    }

    /** What it was told that is not TLS's own. */
    byte[] told() {
        return told.toByteArray();
    }

    @Override
    public void close() throws IOException {
        port.close();
    }

    /** Ends with whoever does not believe it. */
    private void listen(Socket caller) throws IOException {
        try (caller) {
            InputStream in = caller.getInputStream();
            byte[] some = new byte[8192];
            for (int read = in.read(some); read >= 0; read = in.read(some)) {
                told.write(some, 0, read);
                caller.getOutputStream().write(WELCOME);
            }
        }
    }
}
