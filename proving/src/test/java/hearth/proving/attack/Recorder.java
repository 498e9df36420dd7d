package hearth.proving.attack;

import hearth.testkit.net.DaemonThread;
import hearth.testkit.net.LoopbackServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;

/** Somebody in the line between a client and the broker who writes down what the client sends. */
final class Recorder implements AutoCloseable {

    private final ByteArrayOutputStream recorded = new ByteArrayOutputStream();
    private final LoopbackServer port;

    /** @param there the broker's port */
    Recorder(int there) throws IOException {
        port = new LoopbackServer("recorder", near -> {
            Socket far = new Socket(InetAddress.getLoopbackAddress(), there);
            DaemonThread.run("recorder out", () -> carry(near, far, recorded));
            DaemonThread.run("recorder in", () -> carry(far, near, OutputStream.nullOutputStream()));
        });
    }

    int port() {
        return port.number();
    }

    /** All that was sent, in its order. */
    byte[] recorded() {
        return recorded.toByteArray();
    }

    @Override
    public void close() throws IOException {
        port.close();
    }

    private static void carry(Socket from, Socket to, OutputStream copy) throws IOException {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] some = new byte[8192];
            for (int read = in.read(some); read >= 0; read = in.read(some)) {
                copy.write(some, 0, read);
                out.write(some, 0, read);
            }
        }
    }
}
