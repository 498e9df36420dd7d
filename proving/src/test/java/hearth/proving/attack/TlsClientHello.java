package hearth.proving.attack;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;

/** A TLS ClientHello as bytes: present libraries no longer offer these old versions and cipher suites. */
final class TlsClientHello {

    private static final int ALERT = 0x15;
    private static final int HANDSHAKE = 0x16;

    private TlsClientHello() {}

    /**
     * Whether a server accepts this version and cipher suite.
     *
     * @param version 0x0300 for SSL 3 to 0x0303 for TLS 1.2
     * @param suite   the IANA number of the cipher suite
     */
    static boolean isAccepted(int port, int version, int suite) throws IOException {
        try (Socket socket = new Socket("localhost", port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(bytes(version, suite));
            int answer = socket.getInputStream().read();
            if (answer != ALERT && answer != HANDSHAKE && answer != -1) {
                throw new IOException("no TLS: " + answer);
            }
            return answer == HANDSHAKE;
        }
    }

    private static byte[] bytes(int version, int suite) {
        ByteWriter extensions = new ByteWriter()
                .extension(10, new ByteWriter().u16(4).u16(23).u16(24)) // Curves: P-256, P-384
                .extension(11, new ByteWriter().u8(1).u8(0)) // Uncompressed points
                .extension(
                        13,
                        new ByteWriter().u16(6).u16(0x0403).u16(0x0401).u16(0x0203)); // ECDSA and RSA, also with SHA-1
        ByteWriter body = new ByteWriter()
                .u16(version)
                .fill(32, 7) // Random
                .u8(0) // No session
                .u16(2)
                .u16(suite)
                .u8(1)
                .u8(0) // No compression
                .u16(extensions.size())
                .append(extensions);
        ByteWriter handshake = new ByteWriter().u8(1).u8(0).u16(body.size()).append(body);
        return new ByteWriter()
                .u8(HANDSHAKE)
                .u16(0x0301)
                .u16(handshake.size())
                .append(handshake)
                .bytes
                .toByteArray();
    }

    private static final class ByteWriter {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        ByteWriter u8(int value) {
            bytes.write(value);
            return this;
        }

        ByteWriter u16(int value) {
            return u8(value >> 8).u8(value);
        }

        ByteWriter fill(int count, int value) {
            for (int i = 0; i < count; i++) {
                u8(value);
            }
            return this;
        }

        ByteWriter append(ByteWriter other) {
            bytes.writeBytes(other.bytes.toByteArray());
            return this;
        }

        ByteWriter extension(int number, ByteWriter content) {
            return u16(number).u16(content.size()).append(content);
        }

        int size() {
            return bytes.size();
        }
    }
}
