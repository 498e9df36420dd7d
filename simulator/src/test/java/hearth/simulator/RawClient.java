package hearth.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;

/** A client of a broker that sends what no library would (MQTT 5, 3.1 and 3.3). */
final class RawClient implements AutoCloseable {

    private static final int PIECE = 64 * 1024;
    private static final int PATIENCE_MS = 30_000;

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;

    /** Connects, anonymously. */
    RawClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MS);
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
        out.write(new byte[] {0x10, 16, 0, 4, 'M', 'Q', 'T', 'T', 5, 2, 0, 60, 0, 0, 3, 'r', 'a', 'w'});
        if (answer() != 0x20) {
            throw new IOException("not let in");
        }
    }

    /**
     * Publishes so many letters.
     *
     * @return the first byte of what the broker answers: 0x40 is PUBACK, 0x50 PUBREC, 0xE0 DISCONNECT; -1 if it hangs up
     */
    int publish(String topic, int qos, int length) throws IOException {
        byte[] name = topic.getBytes(UTF_8);
        try {
            out.write(0x30 | (qos << 1));
            writeLength(2 + name.length + 2 + 1 + length);
            out.write(new byte[] {0, (byte) name.length});
            out.write(name);
            out.write(new byte[] {0, 1, 0}); // Its id, and no properties.
            byte[] piece = new byte[PIECE];
            Arrays.fill(piece, (byte) '2');
            for (int left = length; left > 0; left -= PIECE) {
                out.write(piece, 0, Math.min(left, PIECE));
            }
            return answer();
        } catch (IOException e) {
            return -1; // It hung up before it had heard all of it.
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private int answer() throws IOException {
        int first = in.read();
        if (first >= 0) {
            in.skipNBytes(in.readUnsignedByte()); // Below 128, always.
        }
        return first;
    }

    private void writeLength(int length) throws IOException {
        for (int left = length; ; left >>= 7) {
            if (left < 128) {
                out.write(left);
                return;
            }
            out.write((left & 127) | 128);
        }
    }
}
