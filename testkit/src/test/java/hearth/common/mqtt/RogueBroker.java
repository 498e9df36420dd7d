package hearth.common.mqtt;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import hearth.testkit.bus.FakeBroker;
import hearth.testkit.bus.PacketFraming;
import hearth.testkit.net.DaemonThread;
import hearth.testkit.net.LoopbackServer;
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
 * A malicious broker. It behaves correctly with each client up to one point, and there sends a packet that no broker
 * may send. When it has used all its attacks it behaves correctly.
 */
final class RogueBroker implements AutoCloseable {

    private static final long MOMENT_MS = 10;
    private static final long TOO_LONG_S = 20;

    /** The action after the malformed bytes. */
    enum AfterAttack {
        /** Waits a moment for the client's reaction, then closes the connection. */
        DISCONNECT,
        /** Sends nothing more, and keeps the connection open. */
        STAY_SILENT,
        /** Continues normally, one byte at a time. */
        GO_ON
    }

    /** @param after number of correct packets before: 1 is the CONNACK, 2 the SUBACK, 3 the first PUBACK */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record BrokerAttack(String name, int after, byte[] bytes, AfterAttack then) {}

    private final LoopbackServer port;
    private final FakeBroker wellFormed = new FakeBroker(number -> FakeBroker.FakeBrokerBehaviour.GOOD);
    private final List<BrokerAttack> attacks;
    private final List<String> attacksSent = new CopyOnWriteArrayList<>();
    private final ByteArrayOutputStream receivedBytes = new ByteArrayOutputStream();
    private final AtomicInteger connections = new AtomicInteger();

    RogueBroker(List<BrokerAttack> tricks) throws IOException {
        this.attacks = List.copyOf(tricks);
        port = new LoopbackServer("rogue broker", this::answer);
    }

    URI url() {
        return URI.create("mqtt://127.0.0.1:" + port.number());
    }

    int connections() {
        return connections.get();
    }

    /** The attacks whose bytes were sent. */
    List<String> attacksSent() {
        return attacksSent;
    }

    /** Messages published to it while it behaved correctly, as {@code "topic payload"}. */
    List<String> received() {
        return wellFormed.received();
    }

    /** Sends a command, as a correct broker would. */
    void deliver(String topic, String payload) throws IOException {
        wellFormed.deliver(topic, payload);
    }

    /** All bytes that clients have sent. */
    String receivedBytes() {
        return receivedBytes.toString(ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        port.close();
        wellFormed.close();
    }

    private void answer(Socket client) throws IOException {
        int before = connections.getAndIncrement();
        BrokerAttack attack = before < attacks.size()
                ? attacks.get(before)
                : new BrokerAttack("none", Integer.MAX_VALUE, new byte[0], AfterAttack.GO_ON);
        Socket broker =
                new Socket(InetAddress.getLoopbackAddress(), wellFormed.url().getPort());
        client.setTcpNoDelay(true);
        broker.setTcpNoDelay(true);
        CountDownLatch gone = new CountDownLatch(1);
        DaemonThread.run("rogue broker's ear", () -> {
            try (client;
                    broker) {
                listen(client.getInputStream(), broker.getOutputStream());
            } finally {
                gone.countDown();
            }
        });
        DaemonThread.run("rogue broker's mouth", () -> {
            try (client;
                    broker) {
                talk(broker.getInputStream(), client.getOutputStream(), attack, gone);
            }
        });
    }

    private void listen(InputStream client, OutputStream broker) throws IOException {
        byte[] bytes = new byte[4096];
        for (int n = client.read(bytes); n >= 0; n = client.read(bytes)) {
            receivedBytes.write(bytes, 0, n);
            broker.write(bytes, 0, n);
        }
    }

    private void talk(InputStream broker, OutputStream client, BrokerAttack attack, CountDownLatch gone)
            throws IOException {
        PacketFraming framing = new PacketFraming();
        int packets = 0;
        while (true) {
            if (packets == attack.after && framing.isBetween()) {
                client.write(attack.bytes);
                attacksSent.add(attack.name);
                packets++;
                if (attack.then != AfterAttack.GO_ON) {
                    await(gone, attack.then);
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

    private static void await(CountDownLatch gone, AfterAttack then) throws IOException {
        try {
            boolean moment = then == AfterAttack.DISCONNECT;
            var unused = gone.await(moment ? MOMENT_MS : TimeUnit.SECONDS.toMillis(TOO_LONG_S), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
