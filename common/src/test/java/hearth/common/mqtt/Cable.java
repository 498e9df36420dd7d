package hearth.common.mqtt;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A network cable between a client and a broker on this machine, that can be cut or pulled out. Unless it is pulled out,
 * new connections go through again.
 */
public final class Cable implements AutoCloseable {

    private final ServerSocket here = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int there;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger dialled = new AtomicInteger();
    private volatile boolean pulled;

    /** @param there the broker's port */
    public Cable(int there) throws IOException {
        this.there = there;
        run("cable", this::accept);
    }

    public URI url() {
        return URI.create("mqtt://127.0.0.1:" + here.getLocalPort());
    }

    /** How often the client has tried to connect. */
    public int dialled() {
        return dialled.get();
    }

    /** Cuts all connections that are open now. */
    public void cut() {
        for (Socket socket : open) {
            close(socket);
        }
    }

    /** Cuts all connections, and lets no new one through until {@link #plugIn}. */
    public void pullOut() {
        pulled = true;
        cut();
    }

    public void plugIn() {
        pulled = false;
    }

    @Override
    public void close() throws IOException {
        here.close();
        cut();
    }

    private void accept() throws IOException {
        while (true) {
            Socket near = here.accept();
            dialled.incrementAndGet();
            if (pulled) {
                close(near);
                continue;
            }
            open.add(near);
            try {
                Socket far = new Socket(InetAddress.getLoopbackAddress(), there);
                open.add(far);
                near.setTcpNoDelay(true);
                far.setTcpNoDelay(true);
                run("cable out", () -> carry(near, far));
                run("cable in", () -> carry(far, near));
            } catch (IOException e) {
                close(near); // Nobody there: as if the broker itself had refused.
            }
        }
    }

    private void carry(Socket from, Socket to) throws IOException {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] some = new byte[8192];
            for (int read = in.read(some); read >= 0; read = in.read(some)) {
                out.write(some, 0, read);
            }
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }

    private static void run(String name, Carrying work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // Cut.
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    private interface Carrying {
        void run() throws IOException;
    }
}
