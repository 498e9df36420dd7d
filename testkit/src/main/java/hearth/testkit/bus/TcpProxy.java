package hearth.testkit.bus;

import hearth.testkit.net.DaemonThread;
import hearth.testkit.net.LoopbackServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A TCP proxy between a client and a broker on this machine. A test can cut its connections or unplug it, and a {@link
 * ProxyBehaviour} can disturb the bytes. Unless it is unplugged, new connections pass.
 */
public final class TcpProxy implements AutoCloseable {

    /** What the proxy does with the bytes. */
    public interface ProxyBehaviour {

        /** Forwards all bytes unchanged. */
        ProxyBehaviour FAIR = way -> (bytes, count, stream) -> stream.deliver(bytes, 0, count);

        /** Called once per connection and direction. */
        ByteForwarder forwarder(ConnectionFault.Direction way);
    }

    /** Forwards the bytes of one direction of one connection, on that direction's thread. */
    public interface ByteForwarder {
        void forward(byte[] bytes, int count, ProxyStream stream) throws IOException;
    }

    private static final Duration LATE = Duration.ofMillis(500);
    private static final Duration BETWEEN_BYTES = Duration.ofMillis(1);

    private final LoopbackServer port;
    private final int target;
    private final ProxyBehaviour behaviour;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connectionCount = new AtomicInteger();
    private volatile boolean unplugged;

    /** @param brokerPort the broker's port */
    public TcpProxy(int brokerPort) throws IOException {
        this(brokerPort, ProxyBehaviour.FAIR);
    }

    public TcpProxy(int brokerPort, ProxyBehaviour behaviour) throws IOException {
        this.target = brokerPort;
        this.behaviour = behaviour;
        this.port = new LoopbackServer("cable", this::answer);
    }

    public URI url() {
        return URI.create("mqtt://127.0.0.1:" + port.number());
    }

    /** Number of connections that clients have opened. */
    public int connectionCount() {
        return connectionCount.get();
    }

    /** Cuts all open connections. */
    public void cut() {
        for (Socket socket : open) {
            close(socket);
        }
    }

    /** Cuts all connections, and closes new ones until {@link #plugIn}. */
    public void unplug() {
        unplugged = true;
        cut();
    }

    public void plugIn() {
        unplugged = false;
    }

    @Override
    public void close() throws IOException {
        port.close();
        cut();
    }

    /** If the broker does not listen, the client's connection is closed. */
    private void answer(Socket client) throws IOException {
        connectionCount.incrementAndGet();
        if (unplugged) {
            close(client);
            return;
        }
        open.add(client);
        Socket broker = new Socket(InetAddress.getLoopbackAddress(), target);
        open.add(broker);
        client.setTcpNoDelay(true);
        broker.setTcpNoDelay(true);
        ProxyState state = new ProxyState();
        ProxyStream out = new ProxyStream(client, broker, state);
        ProxyStream in = new ProxyStream(broker, client, state);
        DaemonThread.run("cable out", () -> carry(out, behaviour.forwarder(ConnectionFault.Direction.TO_BROKER)));
        DaemonThread.run("cable in", () -> carry(in, behaviour.forwarder(ConnectionFault.Direction.TO_CLIENT)));
    }

    private void carry(ProxyStream stream, ByteForwarder forwarder) throws IOException {
        try {
            InputStream in = stream.from.getInputStream();
            byte[] buffer = new byte[8192];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                forwarder.forward(buffer, read, stream);
            }
        } finally {
            if (!stream.state.stalled) { // Otherwise the other side would see the end.
                stream.cut();
            }
        }
    }

    /** The state of both directions of a connection. */
    private static final class ProxyState {
        private volatile boolean stalled;
        private volatile boolean slow;
        private volatile boolean late;
    }

    /** One direction of one connection. */
    public final class ProxyStream {

        private final Socket from;
        private final Socket to;
        private final ProxyState state;

        private ProxyStream(Socket from, Socket to, ProxyState state) {
            this.from = from;
            this.to = to;
            this.state = state;
        }

        public void deliver(byte[] bytes, int begin, int end) throws IOException {
            OutputStream out = to.getOutputStream();
            if (state.late) {
                LockSupport.parkNanos(LATE.toNanos());
            }
            int step = state.slow ? 1 : end - begin;
            for (int i = begin; i < end && !state.stalled; i += step) {
                if (state.slow) {
                    LockSupport.parkNanos(BETWEEN_BYTES.toNanos());
                }
                out.write(bytes, i, step);
            }
        }

        void cut() {
            end(from);
            end(to);
        }

        void reset() throws IOException {
            from.setSoLinger(true, 0);
            to.setSoLinger(true, 0);
            cut();
        }

        /** Delivers nothing more in both directions, without notifying either side. */
        void stall() {
            state.stalled = true;
        }

        /** Delivers one byte at a time in both directions. */
        void slow() {
            state.slow = true;
        }

        /** Delivers late in both directions, one read after the other. */
        void late() {
            state.late = true;
        }

        private void end(Socket socket) {
            open.remove(socket);
            close(socket);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed anyway.
        }
    }
}
