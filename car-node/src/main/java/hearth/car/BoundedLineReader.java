package hearth.car;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Reads lines from a socket, each bounded in length and in the time until it is complete, so that neither an endless line
 * nor a very slow one can block a reader.
 */
final class BoundedLineReader {

    /**
     * In bytes. The {@code SKY} line of gpsd with all satellites in view has several KiB; gpsd's own limit is 10 240
     * (GPS_JSON_RESPONSE_MAX in gpsd 3.22).
     */
    static final int MAX_BYTES = 12 * 1024;

    private final Socket socket;
    private final InputStream in;
    private final Duration readTimeout;
    private final byte[] buffer = new byte[MAX_BYTES];
    private int filled;

    /** @param readTimeout maximum time from the call of {@link #next} until the line is complete */
    BoundedLineReader(Socket socket, Duration readTimeout) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
        this.readTimeout = readTimeout;
    }

    /** The next line, without its end. @throws IOException if no complete line arrives in time, or the line is too long */
    String next() throws IOException {
        long deadline = System.nanoTime() + readTimeout.toNanos();
        int searched = 0;
        while (true) {
            for (int i = searched; i < filled; i++) {
                if (buffer[i] == '\n') {
                    return takeLine(i);
                }
            }
            searched = filled;
            if (filled == MAX_BYTES) {
                throw new IOException("received a line of more than " + MAX_BYTES + " bytes");
            }
            fill(deadline);
        }
    }

    private void fill(long deadline) throws IOException {
        long millis = (deadline - System.nanoTime()) / 1_000_000;
        if (millis <= 0) {
            throw timeout();
        }
        socket.setSoTimeout((int) millis);
        try {
            int count = in.read(buffer, filled, MAX_BYTES - filled);
            if (count < 0) {
                throw new IOException("the connection was closed");
            }
            filled += count;
        } catch (SocketTimeoutException e) {
            throw timeout();
        }
    }

    private String takeLine(int end) {
        String line = new String(buffer, 0, end, StandardCharsets.UTF_8).strip();
        filled -= end + 1;
        System.arraycopy(buffer, end + 1, buffer, 0, filled);
        return line;
    }

    private IOException timeout() {
        return new IOException("nothing received for " + readTimeout.toSeconds() + " s");
    }
}
