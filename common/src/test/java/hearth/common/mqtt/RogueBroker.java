package hearth.common.mqtt;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import hearth.common.port.Daemon;
import hearth.common.port.Port;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A broker that means harm. To each client that connects it holds a proper conversation, up to a point; there it says
 * what no broker may. When it has no tricks left it behaves.
 */
final class RogueBroker implements AutoCloseable {

    private static final long MOMENT_MS = 10;
    private static final long TOO_LONG_S = 20;

    /** What it does when it has said its bytes. */
    enum Then {
        /** Waits a moment for what the client makes of it, and hangs up. */
        HANG_UP,
        /** Says nothing more, and does not hang up either. */
        HOLD_ITS_TONGUE,
        /** Goes on as if nothing were, a byte at a time. */
        GO_ON
    }

    /** @param after so many packets of a proper conversation: 1 is the CONNACK, 2 the SUBACK, 3 the first PUBACK */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Trick(String name, int after, byte[] bytes, Then then) {}

    private final Port port;
    private final FakeBroker proper = new FakeBroker(number -> FakeBroker.Manner.GOOD);
    private final List<Trick> tricks;
    private final List<String> played = new CopyOnWriteArrayList<>();
    private final ByteArrayOutputStream told = new ByteArrayOutputStream();
    private final AtomicInteger connections = new AtomicInteger();

    RogueBroker(List<Trick> tricks) throws IOException {
        this.tricks = List.copyOf(tricks);
        port = new Port("rogue broker", this::answer);
    }

    URI url() {
        return URI.create("mqtt://127.0.0.1:" + port.number());
    }

    int connections() {
        return connections.get();
    }

    /** The tricks whose bytes went out. */
    List<String> played() {
        return played;
    }

    /** What was published to it while it behaved, as {@code "topic payload"}. */
    List<String> heard() {
        return proper.heard();
    }

    /** Sends a command, as a good broker would. */
    void deliver(String topic, String payload) throws IOException {
        proper.deliver(topic, payload);
    }

    /** All bytes that clients have ever sent it. */
    String told() {
        return told.toString(ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        port.close();
        proper.close();
    }

    private void answer(Socket client) throws IOException {
        int before = connections.getAndIncrement();
        Trick trick = before < tricks.size()
                ? tricks.get(before)
                : new Trick("none", Integer.MAX_VALUE, new byte[0], Then.GO_ON);
        Socket broker =
                new Socket(InetAddress.getLoopbackAddress(), proper.url().getPort());
        client.setTcpNoDelay(true);
        broker.setTcpNoDelay(true);
        CountDownLatch gone = new CountDownLatch(1);
        Daemon.run("rogue broker's ear", () -> {
            try (client;
                    broker) {
                listen(client.getInputStream(), broker.getOutputStream());
            } finally {
                gone.countDown();
            }
        });
        Daemon.run("rogue broker's mouth", () -> {
            try (client;
                    broker) {
                talk(broker.getInputStream(), client.getOutputStream(), trick, gone);
            }
        });
    }

    private void listen(InputStream client, OutputStream broker) throws IOException {
        byte[] bytes = new byte[4096];
        for (int n = client.read(bytes); n >= 0; n = client.read(bytes)) {
            told.write(bytes, 0, n);
            broker.write(bytes, 0, n);
        }
    }

    private void talk(InputStream broker, OutputStream client, Trick trick, CountDownLatch gone) throws IOException {
        Framing framing = new Framing();
        int packets = 0;
        while (true) {
            if (packets == trick.after && framing.isBetween()) {
                client.write(trick.bytes);
                played.add(trick.name);
                packets++;
                if (trick.then != Then.GO_ON) {
                    await(gone, trick.then);
                    return;
                }
            }
            int next = broker.read();
            if (next < 0) {
                return;
            }
            packets += framing.take((byte) next) > 0 ? 1 : 0;
            client.write(next);
        }
    }

    private static void await(CountDownLatch gone, Then then) throws IOException {
        try {
            boolean moment = then == Then.HANG_UP;
            var unused = gone.await(moment ? MOMENT_MS : TimeUnit.SECONDS.toMillis(TOO_LONG_S), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
