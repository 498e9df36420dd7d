package hearth.simulator.attack;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Somebody in the line between a client and the broker who writes down what the client sends. */
final class Recorder implements AutoCloseable {

    private final ServerSocket here = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int there;
    private final ByteArrayOutputStream recorded = new ByteArrayOutputStream(); // Guarded by itself.

    /** @param there the broker's port */
    Recorder(int there) throws IOException {
        this.there = there;
        run(() -> {
            while (true) {
                Socket near = here.accept();
                Socket far = new Socket(InetAddress.getLoopbackAddress(), this.there);
                run(() -> carry(near, far, true));
                run(() -> carry(far, near, false));
            }
        });
    }

    int port() {
        return here.getLocalPort();
    }

    /** All that was sent, in its order. */
    byte[] recorded() {
        synchronized (recorded) {
            return recorded.toByteArray();
        }
    }

    @Override
    public void close() throws IOException {
        here.close();
    }

    private void carry(Socket from, Socket to, boolean writes) throws IOException {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] some = new byte[8192];
            for (int read = in.read(some); read >= 0; read = in.read(some)) {
                if (writes) {
                    synchronized (recorded) {
                        recorded.write(some, 0, read);
                    }
                }
                out.write(some, 0, read);
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
                        // One of the two has hung up.
                    }
                },
                "recorder");
        thread.setDaemon(true);
        thread.start();
    }
}
