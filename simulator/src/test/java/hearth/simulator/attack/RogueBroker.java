package hearth.simulator.attack;

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
final class RogueBroker implements AutoCloseable {

    /** A CONNACK of MQTT 5 that lets everybody in. */
    private static final byte[] WELCOME = {0x20, 3, 0, 0, 0};

    private final ServerSocket here;
    private final AtomicInteger dialled = new AtomicInteger();
    private final ByteArrayOutputStream told = new ByteArrayOutputStream(); // Guarded by itself.

    private RogueBroker(ServerSocket here) {
        this.here = here;
        run(() -> {
            while (true) {
                Socket caller = here.accept();
                dialled.incrementAndGet();
                run(() -> listen(caller));
            }
        });
    }

    static RogueBroker withoutTls() throws IOException {
        return new RogueBroker(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    }

    /** @param key with its certificate, whatever they are worth */
    static RogueBroker with(KeyStore key, char[] secret) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(key, secret);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return new RogueBroker(
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    }

    URI url() {
        return URI.create("mqtts://localhost:" + here.getLocalPort());
    }

    int dialled() {
        return dialled.get();
    }

    /** What it was told that is not TLS's own. */
    byte[] told() {
        synchronized (told) {
            return told.toByteArray();
        }
    }

    @Override
    public void close() throws IOException {
        here.close();
    }

    private void listen(Socket caller) throws IOException {
        try (caller) {
            InputStream in = caller.getInputStream();
            byte[] some = new byte[8192];
            for (int read = in.read(some); read >= 0; read = in.read(some)) {
                synchronized (told) {
                    told.write(some, 0, read);
                }
                caller.getOutputStream().write(WELCOME);
            }
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void run(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // Not believed, or closed.
                    }
                },
                "rogue broker");
        thread.setDaemon(true);
        thread.start();
    }
}
