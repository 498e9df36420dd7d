package hearth.proving.attack;

import hearth.testkit.net.DaemonThread;
import hearth.testkit.net.LoopbackServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;

/** A proxy between a client and the broker that records the bytes of the client. */
final class RecordingProxy implements AutoCloseable {

    private final ByteArrayOutputStream recorded = new ByteArrayOutputStream();
    private final LoopbackServer proxyPort;

    /** @param there the port of the broker */
    RecordingProxy(int there) throws IOException {
        proxyPort = new LoopbackServer("recorder", near -> {
            Socket far = new Socket(InetAddress.getLoopbackAddress(), there);
            DaemonThread.run("recorder out", () -> forward(near, far, recorded));
            DaemonThread.run("recorder in", () -> forward(far, near, OutputStream.nullOutputStream()));
        });
    }

    int proxyPort() {
        return proxyPort.number();
    }

    /** All bytes that the client sent, in order. */
    byte[] recorded() {
        return recorded.toByteArray();
    }

    @Override
    public void close() throws IOException {
        proxyPort.close();
    }

    private static void forward(Socket from, Socket to, OutputStream copy) throws IOException {
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
