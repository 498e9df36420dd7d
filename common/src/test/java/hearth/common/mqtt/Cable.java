package hearth.common.mqtt;

import hearth.common.port.Daemon;
import hearth.common.port.Port;
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
 * A network cable between a client and a broker on this machine, that can be cut or pulled out, and lies in a
 * {@link Weather}. Unless it is pulled out, new connections go through again.
 */
public final class Cable implements AutoCloseable {

    /** What becomes of the bytes on their way. */
    interface Weather {

        /** All arrives as it was sent. */
        Weather FAIR = way -> (bytes, count, line) -> line.deliver(bytes, 0, count);

        /** Asked once for each connection and way. */
        Carrier carrier(Mishap.Way way);
    }

    /** Passes on what has come on one way of one connection, on that way's thread. */
    interface Carrier {
        void carry(byte[] bytes, int count, Line line) throws IOException;
    }

    private static final Duration LATE = Duration.ofMillis(500);
    private static final Duration BETWEEN_BYTES = Duration.ofMillis(1);

    private final Port port;
    private final int there;
    private final Weather weather;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger dialled = new AtomicInteger();
    private volatile boolean pulled;

    /** @param there the broker's port */
    public Cable(int there) throws IOException {
        this(there, Weather.FAIR);
    }

    Cable(int there, Weather weather) throws IOException {
        this.there = there;
        this.weather = weather;
        this.port = new Port("cable", this::answer);
    }

    public URI url() {
        return URI.create("mqtt://127.0.0.1:" + port.number());
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
        port.close();
        cut();
    }

    /** With nobody there it hangs up, as if the broker itself had refused. */
    private void answer(Socket near) throws IOException {
        dialled.incrementAndGet();
        if (pulled) {
            close(near);
            return;
        }
        open.add(near);
        Socket far = new Socket(InetAddress.getLoopbackAddress(), there);
        open.add(far);
        near.setTcpNoDelay(true);
        far.setTcpNoDelay(true);
        State state = new State();
        Line out = new Line(near, far, state);
        Line in = new Line(far, near, state);
        Daemon.run("cable out", () -> carry(out, weather.carrier(Mishap.Way.TO_BROKER)));
        Daemon.run("cable in", () -> carry(in, weather.carrier(Mishap.Way.TO_CLIENT)));
    }

    private void carry(Line line, Carrier carrier) throws IOException {
        try {
            InputStream in = line.from.getInputStream();
            byte[] some = new byte[8192];
            for (int read = in.read(some); read >= 0; read = in.read(some)) {
                carrier.carry(some, read, line);
            }
        } finally {
            if (!line.state.stalled) { // Or the other end would be told after all.
                line.cut();
            }
        }
    }

    /** How both ways of a connection are. */
    private static final class State {
        private volatile boolean stalled;
        private volatile boolean slow;
        private volatile boolean late;
    }

    /** One way of one connection. */
    final class Line {

        private final Socket from;
        private final Socket to;
        private final State state;

        private Line(Socket from, Socket to, State state) {
            this.from = from;
            this.to = to;
            this.state = state;
        }

        void deliver(byte[] bytes, int begin, int end) throws IOException {
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

        /** Delivers nothing more on both ways, and tells nobody. */
        void stall() {
            state.stalled = true;
        }

        /** Delivers one byte at a time on both ways. */
        void slow() {
            state.slow = true;
        }

        /** Delivers late on both ways, and one read after the other. */
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
            // It is gone either way.
        }
    }
}
