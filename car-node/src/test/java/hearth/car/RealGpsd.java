package hearth.car;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hearth.testkit.net.LoopbackServer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The real gpsd on a port of its own. Receivers are added as udev does: over its control socket. */
final class RealGpsd implements AutoCloseable {

    private static final Duration START_TIMEOUT = Duration.ofSeconds(30);

    private final int port;
    private final Path control;
    private Process process;

    private RealGpsd(int port) throws IOException {
        this.port = port;
        this.control = Path.of("/tmp/gpsfake-" + port + ".sock"); // A path that Debian's AppArmor profile allows.
        this.process = startProcess();
        awaitPort();
    }

    static RealGpsd start() throws IOException {
        return new RealGpsd(LoopbackServer.freePort());
    }

    int port() {
        return port;
    }

    Socket dial() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), port);
    }

    void addDevice(Path device) throws IOException {
        sendControl("+" + device);
    }

    void removeDevice(Path device) throws IOException {
        sendControl("-" + device);
    }

    void kill() {
        process.destroyForcibly().onExit().join();
    }

    void restart() throws IOException {
        process = startProcess();
        awaitPort();
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        process.onExit().join();
        Files.deleteIfExists(control);
    }

    private Process startProcess() throws IOException {
        Files.deleteIfExists(control);
        return new ProcessBuilder("/usr/sbin/gpsd", "-N", "-n", "-S", Integer.toString(port), "-F", control.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private void awaitPort() {
        await().atMost(START_TIMEOUT).ignoreException(ConnectException.class).until(() -> {
            dial().close();
            return Files.exists(control);
        });
    }

    private void sendControl(String command) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(control))) {
            channel.write(ByteBuffer.wrap((command + "\r\n").getBytes(StandardCharsets.US_ASCII)));
            ByteBuffer reply = ByteBuffer.allocate(64);
            channel.read(reply);
            assertThat(new String(reply.array(), 0, reply.position(), StandardCharsets.US_ASCII))
                    .as("the answer of gpsd to %s", command)
                    .startsWith("OK");
        }
    }
}
