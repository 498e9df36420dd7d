package hearth.proving.attack;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;

/** The first words of a TLS client, in bytes: today's libraries do not say any more what it offers. */
final class Hello {

    private static final int ALERT = 0x15;
    private static final int HANDSHAKE = 0x16;

    private Hello() {}

    /**
     * Whether a server would go on with that.
     *
     * @param version 0x0300 for SSL 3 to 0x0303 for TLS 1.2
     * @param suite   by its number at IANA
     */
    static boolean isTaken(int port, int version, int suite) throws IOException {
        try (Socket socket = new Socket("localhost", port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(hello(version, suite));
            int answer = socket.getInputStream().read();
            if (answer != ALERT && answer != HANDSHAKE && answer != -1) {
                throw new IOException("no TLS: " + answer);
            }
            return answer == HANDSHAKE;
        }
    }

    private static byte[] hello(int version, int suite) {
        Bytes extensions = new Bytes()
                .extension(10, new Bytes().two(4).two(23).two(24)) // Curves: P-256, P-384
                .extension(11, new Bytes().one(1).one(0)) // Points as they are
                .extension(13, new Bytes().two(6).two(0x0403).two(0x0401).two(0x0203)); // ECDSA and RSA, SHA-1 too
        Bytes body = new Bytes()
                .two(version)
                .fill(32, 7) // Random
                .one(0) // No session
                .two(2)
                .two(suite)
                .one(1)
                .one(0) // No compression
                .two(extensions.size())
                .all(extensions);
        Bytes handshake = new Bytes().one(1).one(0).two(body.size()).all(body);
        return new Bytes()
                .one(HANDSHAKE)
                .two(0x0301)
                .two(handshake.size())
                .all(handshake)
                .bytes
                .toByteArray();
    }

    private static final class Bytes {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Bytes one(int value) {
            bytes.write(value);
            return this;
        }

        Bytes two(int value) {
            return one(value >> 8).one(value);
        }

        Bytes fill(int count, int value) {
            for (int i = 0; i < count; i++) {
                one(value);
            }
            return this;
        }

        Bytes all(Bytes other) {
            bytes.writeBytes(other.bytes.toByteArray());
            return this;
        }

        Bytes extension(int number, Bytes content) {
            return two(number).two(content.size()).all(content);
        }

        int size() {
            return bytes.size();
        }
    }
}
