package hearth.testkit.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A server socket on a loopback port, which accepts connections until it is closed. */
public final class LoopbackServer implements AutoCloseable {

    /**
     * Handles one connection. The next one waits meanwhile, so connections are handled in order; use a {@link
     * DaemonThread} for a longer exchange. An exception closes the connection.
     */
    public interface ConnectionHandler {
        void handle(Socket caller) throws IOException;
    }

    private final ServerSocket socket;
    private final Set<Socket> callers = ConcurrentHashMap.newKeySet();

    /** @param name of its thread */
    public LoopbackServer(String name, ConnectionHandler handler) throws IOException {
        this(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), name, handler);
    }

    /** @param socket closed with it */
    public LoopbackServer(ServerSocket socket, String name, ConnectionHandler handler) {
        this.socket = socket;
        DaemonThread.run(name, () -> {
            while (true) {
                take(socket.accept(), handler);
            }
        });
    }

    /** A port that no program uses. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int number() {
        return socket.getLocalPort();
    }

    /** Also closes all open connections. */
    @Override
    public void close() throws IOException {
        socket.close();
        for (Socket caller : callers) {
            caller.close();
        }
    }

    private void take(Socket caller, ConnectionHandler handler) throws IOException {
        callers.add(caller);
        try {
            handler.handle(caller);
        } catch (IOException e) {
            caller.close();
        }
        callers.removeIf(Socket::isClosed);
    }
}
