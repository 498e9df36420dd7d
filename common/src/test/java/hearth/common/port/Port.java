package hearth.common.port;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A port of this machine, at which whoever dials is answered until it is closed. */
public final class Port implements AutoCloseable {

    /**
     * Takes one call. The next one waits meanwhile, so callers come in their order; a conversation is a {@link Daemon}'s.
     * One that throws hangs up.
     */
    public interface Answer {
        void to(Socket caller) throws IOException;
    }

    private final ServerSocket here;
    private final Set<Socket> callers = ConcurrentHashMap.newKeySet();

    /** @param name of its thread */
    public Port(String name, Answer answer) throws IOException {
        this(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), name, answer);
    }

    /** @param here closed with it */
    public Port(ServerSocket here, String name, Answer answer) {
        this.here = here;
        Daemon.run(name, () -> {
            while (true) {
                take(here.accept(), answer);
            }
        });
    }

    /** One that nobody listens at. */
    public static int free() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int number() {
        return here.getLocalPort();
    }

    /** Hangs up on all who have called, too. */
    @Override
    public void close() throws IOException {
        here.close();
        for (Socket caller : callers) {
            caller.close();
        }
    }

    private void take(Socket caller, Answer answer) throws IOException {
        callers.add(caller);
        try {
            answer.to(caller);
        } catch (IOException e) {
            caller.close();
        }
        callers.removeIf(Socket::isClosed);
    }
}
